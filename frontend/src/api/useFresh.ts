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
  /** Leave out to ask nothing. */
  skip?: boolean
  /** Asks again whenever this changes. */
  when?: unknown
  /** Asks again every so many milliseconds, which may depend on the answer. */
  every?: number | ((state: UseQueryState<D, V>) => number | undefined) | undefined
  /** For answers that are superseded within moments. */
  context?: Record<string, unknown>
  /** What an answer is about, if not its variables: one about the same stays while a newer one can't be had. */
  about?: unknown
}

/** The last known answer: `data` outlives a failure, and `error` says that it could not be renewed. */
export interface Fresh<D> {
  data: D | undefined
  error: CombinedError | undefined
  fetching: boolean
  /** A newer answer is under way, or could not be had. */
  stale: boolean
  /** When `data` arrived, in epoch milliseconds. */
  answeredAt: number | undefined
}

/** When answers arrived, also those that come from the cache again. */
const arrivals = new WeakMap<object, number>()

/**
 * A query that stays true: it is asked again when the connection came back, when `when` changes, every `every` milliseconds and after
 * a failure that passes. The last answer stays until a newer one is there.
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
  // While it is asked again, urql has neither.
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
