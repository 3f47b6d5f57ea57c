import type { MarketFactsFragment } from '../api/generated/graphql'
import { formatDateTime } from '../lib/format'
import { toIso, toSeconds } from '../lib/period'
import { useLive } from '../live/LiveProvider'
import styles from './LiveClock.module.css'

/** Shows the market time of the newest candle. */
export function LiveClock({ market }: { market: MarketFactsFragment }) {
  const candle = useLive((state) => state.candle)
  const known = candle?.knownAt ?? (market.lastOpenTime && toIso(toSeconds(market.lastOpenTime) + 60))
  if (!known) return null
  return (
    <time className={styles.clock} dateTime={known} title="Market time of the newest candle">
      {formatDateTime(known)} <span>UTC</span>
    </time>
  )
}
