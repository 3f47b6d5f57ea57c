import type { AnyVariables, Client, TypedDocumentNode } from 'urql'
import { pipe, subscribe } from 'wonka'
import { backoff } from '../api/connection'

/**
 * A subscription that lasts: one that the server ends or refuses (it is starting, the market is not open yet) is asked for
 * again. Gives what ends it.
 */
export function follow<D, V extends AnyVariables>(
  client: Client,
  document: TypedDocumentNode<D, V>,
  variables: V,
  take: (data: D) => void,
): () => void {
  let stopped = false
  let attempt = 0
  let retry: ReturnType<typeof setTimeout> | undefined
  let running: { unsubscribe: () => void } | undefined
  const again = () => {
    if (stopped) return
    clearTimeout(retry)
    retry = setTimeout(open, backoff(Math.min(attempt++, 4)))
  }
  const open = () => {
    running?.unsubscribe()
    running = pipe(
      client.subscription(document, variables),
      subscribe((result) => {
        if (result.data) {
          attempt = 0
          take(result.data)
        }
        if (result.error || result.hasNext === false) again()
      }),
    )
  }
  open()
  return () => {
    stopped = true
    clearTimeout(retry)
    running?.unsubscribe()
  }
}
