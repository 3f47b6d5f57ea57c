import type { AnyVariables, Client, TypedDocumentNode } from 'urql'
import { pipe, subscribe } from 'wonka'
import { backoff, CAUGHT_UP } from '../api/connection'

/**
 * Subscribes permanently: a subscription that the server ends or refuses (it is starting, the market is not open yet) is opened
 * again, and `missed` is called as soon as events in between can be fetched. Returns a function that ends the subscription.
 */
export function follow<D, V extends AnyVariables>(
  client: Client,
  document: TypedDocumentNode<D, V>,
  variables: V,
  take: (data: D) => void,
  missed: () => void,
): () => void {
  let stopped = false
  let attempt = 0
  let retry: ReturnType<typeof setTimeout> | undefined
  let catchUp: ReturnType<typeof setTimeout> | undefined
  let running: { unsubscribe: () => void } | undefined
  const again = () => {
    if (stopped) return
    clearTimeout(retry)
    clearTimeout(catchUp)
    retry = setTimeout(() => {
      open()
      catchUp = setTimeout(missed, CAUGHT_UP)
    }, backoff(Math.min(attempt++, 4)))
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
    clearTimeout(catchUp)
    running?.unsubscribe()
  }
}
