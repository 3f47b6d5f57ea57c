import type { Exchange, Operation } from 'urql'
import { filter, merge, pipe, share } from 'wonka'

/** Context of an operation whose result is soon outdated and would only fill the cache. */
export const TRANSIENT = { transient: true } as const

const isTransient = (operation: Operation): boolean =>
  (operation.context as Partial<typeof TRANSIENT>).transient === true

/** Bypasses the cache, which never evicts, for transient operations. */
export const passTransient =
  (cache: Exchange): Exchange =>
  (input) => {
    const cached = cache(input)
    return (operations) => {
      const shared = share(operations)
      return merge([
        pipe(
          shared,
          filter((operation) => !isTransient(operation)),
          cached,
        ),
        pipe(shared, filter(isTransient), input.forward),
      ])
    }
  }
