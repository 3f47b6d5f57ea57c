import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react'
import { useClient } from 'urql'
import { useRecoveries } from '../../api/ApiProvider'
import { followArticles } from '../../live/ArticleFeed'
import type { Choice } from './articles'
import { NewsList, type NewsState } from './NewsList'

interface News {
  state: NewsState
  more: () => void
  refresh: () => void
  /** Number of changes of the open article so far. */
  changes: number
}

/** Returns the live list of the selected articles and the changes of the article `read`. Without a selection the list stays. */
export function useNews(choice: Choice | undefined, symbols: readonly string[], read: string | undefined): News {
  const client = useClient()
  const list = useMemo(() => new NewsList(client), [client])
  const [changes, setChanges] = useState(0)
  const reading = useRef(read)
  reading.current = read
  const followed = symbols.join(' ')

  useEffect(
    () =>
      followArticles(client, followed.split(' '), (batch) => {
        list.take(batch)
        if (batch.missed || batch.changes.some(({ articleId }) => articleId === reading.current)) setChanges((n) => n + 1)
      }),
    [client, list, followed],
  )
  useEffect(() => {
    if (choice) list.show(choice)
  }, [list, choice])
  useEffect(() => () => list.close(), [list])

  const recoveries = useRecoveries()
  const recovered = useRef(recoveries)
  useEffect(() => {
    if (recovered.current !== recoveries) list.refresh()
    recovered.current = recoveries
  }, [list, recoveries])

  const state = useSyncExternalStore(list.subscribe, list.state)
  return { state, more: () => list.more(), refresh: () => list.refresh(), changes }
}
