import type { MarketFactsFragment } from '../api/generated/graphql'
import { toSeconds } from '../lib/period'
import { useLive } from '../live/LiveProvider'
import { ConnectionBadge, INTERVAL } from './ConnectionBadge'

/** Shows the freshness of a market's data. */
export function MarketBadge({ market, failing }: { market: MarketFactsFragment; failing: boolean }) {
  const opened = useLive((state) => state.candle?.candle.openTime)
  const polled = market.lastOpenTime ? toSeconds(market.lastOpenTime) : undefined
  const newest = opened === undefined ? polled : Math.max(toSeconds(opened), polled ?? 0)
  const close = newest === undefined || !market.liveFrom ? undefined : newest + INTERVAL
  return <ConnectionBadge newestClose={close} failing={failing} />
}
