import { useConnection } from '../api/ApiProvider'
import { ClockDocument } from '../api/generated/graphql'
import { useFresh } from '../api/useFresh'
import { formatDateTime, formatDuration } from '../lib/format'
import { useNow } from '../lib/useNow'
import { useOnline } from '../lib/useOnline'
import { type Freshness, freshness, type MarketClock } from '../live/freshness'
import styles from './ConnectionBadge.module.css'

const POLL = 5_000

/** Length of a candle in seconds. */
export const INTERVAL = 60

interface Props {
  newestClose?: number | undefined
  /** The latest poll failed. */
  failing: boolean
}

/** Shows the state of the connection and the freshness of the data. */
export function ConnectionBadge({ newestClose, failing }: Props) {
  const connection = useConnection()
  const online = useOnline()
  const now = useNow()
  const [polled] = useFresh(ClockDocument, {}, { every: POLL })
  const fresh = freshness(
    { online, connection, failing: failing || polled.error !== undefined, clock: clockOf(polled), newestClose, interval: INTERVAL },
    now,
  )
  return (
    <span
      className={`${styles.badge} ${styles[TONES[fresh.state]]}`}
      role="status"
      title={explain(fresh, newestClose)}
      data-connection={connection.state}
      data-freshness={fresh.state}
    >
      <span className={styles.dot} aria-hidden="true" />
      {LABELS[fresh.state]}
      {/* Visible, but not read out every second. */}
      <span className={styles.figure} aria-hidden="true">
        {figureOf(fresh)}
      </span>
    </span>
  )
}

function clockOf({ data, answeredAt }: { data: { platform: { marketTime: string; speed?: number | null | undefined } } | undefined; answeredAt: number | undefined }): MarketClock | undefined {
  if (!data || answeredAt === undefined) return undefined
  const { marketTime, speed } = data.platform
  return { time: Date.parse(marketTime) / 1000, at: answeredAt, rate: speed == null ? 1 : speed * INTERVAL }
}

const TONES: Record<Freshness['state'], 'good' | 'plain' | 'warn'> = {
  live: 'good',
  importing: 'plain',
  connecting: 'plain',
  delayed: 'warn',
  failing: 'warn',
  reconnecting: 'warn',
  offline: 'warn',
}

const LABELS: Record<Freshness['state'], string> = {
  live: 'Live',
  importing: 'Importing',
  connecting: 'Connecting…',
  delayed: 'Delayed',
  failing: 'Server not answering',
  reconnecting: 'Reconnecting',
  offline: 'Offline',
}

function figureOf(fresh: Freshness): string {
  if (fresh.state === 'delayed') return formatDuration(Math.floor(fresh.seconds / 60) * 60)
  return fresh.state === 'reconnecting' && fresh.seconds > 0 ? `in ${fresh.seconds} s` : ''
}

function explain(fresh: Freshness, newestClose: number | undefined): string {
  switch (fresh.state) {
    case 'live':
      return 'Connected, and the newest candle has arrived'
    case 'delayed':
      return `The newest candle closed at ${newestClose === undefined ? '?' : formatDateTime(newestClose)} UTC, ${formatDuration(fresh.seconds)} of market time ago. The connection is open, but no newer candle has arrived.`
    case 'reconnecting':
      return 'The connection was lost. The data shown are from before; missed data are fetched after a reconnect.'
    case 'connecting':
      return 'Waiting for the server'
    case 'failing':
      return 'The server did not answer properly. The page retries by itself.'
    case 'importing':
      return 'Connected; the market is not live yet'
    case 'offline':
      return 'This browser has no network. The page goes on by itself when the network is back.'
  }
}
