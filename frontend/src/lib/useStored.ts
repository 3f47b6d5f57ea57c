import { useCallback, useState } from 'react'

/** A choice of this browser's user that outlives the page; `accept` guards against what an older page has left. */
export function useStored<T>(
  key: string,
  initial: T,
  accept: (value: unknown) => value is T,
): [T, (value: T) => void] {
  const name = `hindcast.${key}`
  const [value, setValue] = useState<T>(() => {
    try {
      const stored: unknown = JSON.parse(localStorage.getItem(name) ?? 'null')
      return accept(stored) ? stored : initial
    } catch {
      return initial
    }
  })
  const set = useCallback(
    (next: T) => {
      setValue(next)
      try {
        localStorage.setItem(name, JSON.stringify(next))
      } catch {
        // Then it holds for this page only.
      }
    },
    [name],
  )
  return [value, set]
}
