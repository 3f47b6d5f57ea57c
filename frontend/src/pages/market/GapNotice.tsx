import { formatDateTime } from '../../lib/format'
import type { ChartGap } from './chart/GapLayer'
import styles from './GapNotice.module.css'

/** Announces missing bars that are being repaired. */
export function GapNotice({ gaps }: { gaps: readonly ChartGap[] }) {
  const open = gaps.filter((gap) => gap.state === 'OPEN')
  if (open.length === 0) return null
  const bars = open.reduce((sum, gap) => sum + Math.round((gap.to - gap.from) / 60) + 1, 0)
  return (
    <div className={styles.notice} role="status">
      <strong>
        {bars} {bars === 1 ? 'bar is' : 'bars are'} missing
      </strong>{' '}
      since {formatDateTime(Math.min(...open.map((gap) => gap.from)))} UTC: waiting for the exchange to send{' '}
      {bars === 1 ? 'it' : 'them'} or to confirm that it has none.
    </div>
  )
}
