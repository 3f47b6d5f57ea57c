import { useEffect, useRef, useState } from 'react'
import { useLive } from './LiveProvider'

/** Shortest time in milliseconds between two fetches while changes arrive one after another. */
const PAUSE = 400
/** Milliseconds after the last change until the read models contain it for certain. */
const SETTLED = 1_000

/** A number that changes whenever models and training should be fetched again: soon after a change, and once they have settled. */
export function useModelChanges(): number {
  const changes = useLive((state) => state.modelChanges)
  const first = useRef(changes)
  const soon = useRef<ReturnType<typeof setTimeout>>(undefined)
  const [fetches, setFetches] = useState(0)
  useEffect(() => {
    if (changes === first.current) return
    const fetch = () => setFetches((before) => before + 1)
    soon.current ??= setTimeout(() => {
      soon.current = undefined
      fetch()
    }, PAUSE)
    const settled = setTimeout(fetch, SETTLED)
    return () => clearTimeout(settled)
  }, [changes])
  useEffect(() => () => clearTimeout(soon.current), [])
  return fetches
}
