import { useCallback, useState } from 'react'

/** A setting stored in this browser; `accept` validates values that an older version of the page may have stored. */
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
        // Without storage, the setting lasts as long as the page.
      }
    },
    [name],
  )
  return [value, set]
}
