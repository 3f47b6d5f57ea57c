import { createContext, type ReactNode, useContext, useEffect, useMemo, useSyncExternalStore } from 'react'
import { useClient } from 'urql'
import { LiveFeed, type LiveState } from './LiveFeed'

const LiveContext = createContext<LiveFeed | null>(null)

/** Subscribes to one market while any page shows it. */
export function LiveProvider({ symbol, children }: { symbol: string; children: ReactNode }) {
  const client = useClient()
  const feed = useMemo(() => new LiveFeed(client, symbol), [client, symbol])
  useEffect(() => feed.start(), [feed])
  return <LiveContext value={feed}>{children}</LiveContext>
}

export function useLiveFeed(): LiveFeed {
  const feed = useContext(LiveContext)
  if (!feed) throw new Error('LiveProvider is missing')
  return feed
}

export function useLive<T>(select: (state: LiveState) => T): T {
  const feed = useLiveFeed()
  return useSyncExternalStore(feed.subscribe, () => select(feed.state()))
}
