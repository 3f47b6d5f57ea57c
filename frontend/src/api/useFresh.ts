import { useEffect, useRef } from 'react'
import {
  type AnyVariables,
  type CombinedError,
  type TypedDocumentNode,
  useQuery,
  type UseQueryState,
} from 'urql'
import { useRecoveries } from './ApiProvider'
import { backoff } from './connection'
import { passes } from './problem'

interface Freshness<D, V extends AnyVariables> {
  /** Sends no request while true. */
  skip?: boolean
  /** Fetches again whenever this changes. */
  when?: unknown
  /** Polling interval in milliseconds, which may depend on the result. */
  every?: number | ((state: UseQueryState<D, V>) => number | undefined) | undefined
  /** Context of the operation, such as `TRANSIENT`. */
  context?: Record<string, unknown>
  /** Topic of a result, by default its variables: a result stays on display until a newer one on the same topic arrives. */
  about?: unknown
}

/** The latest result: `data` survives a failed refresh, which sets `error`. */
export interface Fresh<D> {
  data: D | undefined
  error: CombinedError | undefined
  fetching: boolean
  /** A newer result is being fetched, or could not be fetched. */
  stale: boolean
  /** When `data` arrived, in epoch milliseconds. */
  answeredAt: number | undefined
}

/** Arrival times of results, including those returned from the cache again. */
const arrivals = new WeakMap<object, number>()

/**
 * A query that is kept up to date: it is sent again after a reconnect, when `when` changes, every `every` milliseconds, and after
 * a transient failure. The latest result stays until a newer one arrives.
 */
export function useFresh<D extends object, V extends AnyVariables>(
  query: TypedDocumentNode<D, V>,
  variables: V,
  { skip = false, when, every, context, about }: Freshness<D, V> = {},
): [Fresh<D>, () => void] {
  const [result, execute] = useQuery<D, V>({
    query,
    variables,
    pause: skip,
    requestPolicy: 'cache-and-network',
    ...(context ? { context } : {}),
  } as Parameters<typeof useQuery<D, V>>[0])
  const recoveries = useRecoveries()
  const seen = useRef({ recoveries, when })
  const topic = JSON.stringify(about ?? variables)
  const known = useRef<{ topic: string; data: D }>(undefined)
  const failed = useRef<{ topic: string; error: CombinedError }>(undefined)

  if (result.data != null && result.data !== known.current?.data) {
    if (!arrivals.has(result.data)) arrivals.set(result.data, Date.now())
    known.current = { topic: about === undefined ? JSON.stringify(result.operation?.variables) : topic, data: result.data }
  }
  if (result.error) failed.current = { topic, error: result.error }
  else if (result.data != null && !result.fetching && !result.stale) failed.current = undefined
  // While a query is sent again, urql has neither.
  const data = result.data ?? (known.current?.topic === topic ? known.current.data : undefined)
  const error = result.error ?? (failed.current?.topic === topic ? failed.current.error : undefined)

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

  const failures = useRef(0)
  useEffect(() => {
    if (!error) failures.current = 0
    if (!error || skip || !passes(error)) return
    const timer = setTimeout(() => execute({ requestPolicy: 'network-only' }), backoff(failures.current++))
    return () => clearTimeout(timer)
  }, [error, skip, execute])

  return [
    {
      data,
      error,
      fetching: result.fetching,
      stale: result.stale || error !== undefined,
      answeredAt: data && arrivals.get(data),
    },
    () => execute({ requestPolicy: 'network-only' }),
  ]
}
