import { formatDateTime, formatDuration } from '../../lib/format'
import styles from './CycleTimeline.module.css'
import { STEP_WORDS } from './StepMark'
import type { Row, Timeline } from './timeline'

/** The steps of a cycle as bars over wall time: hatched while waiting, solid while a worker or a backfill is at it. */
export function CycleTimeline({ timeline }: { timeline: Timeline }) {
  const { from, to, rows, ticks } = timeline
  const percent = (milliseconds: number) => `${(100 * milliseconds) / (to - from)}%`
  return (
    <div className={styles.timeline}>
      <ol className={styles.rows}>
        {rows.map((row) => (
          <li key={row.key} className={styles.row}>
            <span className={styles.label}>
              {row.label}
              <span>
                {STEP_WORDS[row.state]}, {row.words}
              </span>
            </span>
            <div className={styles.track} aria-hidden="true">
              {ticks.map((tick) => (
                <i key={tick} style={{ left: percent(tick) }} />
              ))}
              <Bars row={row} from={from} percent={percent} />
            </div>
          </li>
        ))}
      </ol>
      <div className={styles.axis} aria-hidden="true">
        {ticks.filter((tick) => tick < 0.96 * (to - from)).map((tick) => (
          <span key={tick} style={{ left: percent(tick) }}>
            {formatDuration(tick / 1000)}
          </span>
        ))}
      </div>
      <p className={styles.caption}>Wall time since the request at {formatDateTime(from / 1000)} UTC</p>
    </div>
  )
}

function Bars({ row, from, percent }: { row: Row; from: number; percent: (milliseconds: number) => string }) {
  const begun = row.begun ?? row.to
  return (
    <>
      {begun > row.from && (
        <span className={styles.queued} style={{ left: percent(row.from - from), width: percent(begun - row.from) }} />
      )}
      {row.begun !== undefined && (
        <span className={`${styles.ran} ${styles[row.state]}`} style={{ left: percent(begun - from), width: percent(row.to - begun) }} />
      )}
    </>
  )
}
