import { useEffect, useRef } from 'react'
import { type AnyVariables, type TypedDocumentNode, useQuery, type UseQueryState } from 'urql'
import { useRecoveries } from './ApiProvider'


interface Freshness<D, V extends AnyVariables> {
  /** Leave out to ask nothing. */
  skip?: boolean
  /** Asks again whenever this changes. */
  when?: unknown
  /** Asks again every so many milliseconds, which may depend on the answer. */
  every?: number | ((state: UseQueryState<D, V>) => number | undefined) | undefined
  /** For answers that are superseded within moments. */
  context?: Record<string, unknown>
}

/**
 * A query that stays true: it is asked again when the connection came back, when `when` changes and every `every`
 * milliseconds. What was shown stays until the new answer is there.
 */
export function useFresh<D, V extends AnyVariables>(
  query: TypedDocumentNode<D, V>,
  variables: V,
  { skip = false, when, every, context }: Freshness<D, V> = {},
): [UseQueryState<D, V>, () => void] {
  const [result, execute] = useQuery<D, V>({
    query,
    variables,
    pause: skip,
    requestPolicy: 'cache-and-network',
    ...(context ? { context } : {}),
  } as Parameters<typeof useQuery<D, V>>[0])
  const recoveries = useRecoveries()
  const seen = useRef({ recoveries, when })

  useEffect(() => {
    if (seen.current.recoveries === recoveries && seen.current.when === when) return
    seen.current = { recoveries, when }
    if (!skip) execute({ requestPolicy: 'network-only' })
  }, [recoveries, when, skip, execute])

  const pause = typeof every === 'function' ? every(result) : every
  useEffect(() => {
    if (!pause || skip) return
    const timer = setInterval(() => execute({ requestPolicy: 'network-only' }), pause)
    return () => clearInterval(timer)
  }, [pause, skip, execute])

  return [result, () => execute({ requestPolicy: 'network-only' })]
}

