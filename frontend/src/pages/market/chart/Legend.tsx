import { SignalTag } from '../../../components/SignalTag'
import { laneTag, SLOT_TAGS } from '../../../lib/family'
import { formatCompact, formatDateTime, formatDuration, formatNumber, formatPrice } from '../../../lib/format'
import styles from './Legend.module.css'
import type { Averages, Hover } from './listener'
import { MARKS_AT_MOST } from './NewsOverlay'
import { apart, dominant } from './signals'

interface Props {
  hover: Hover | undefined
  averages: Averages
  bucket: number | undefined
  articlesCut: boolean
}

/** Shows the figures of the bar under the crosshair. */
export function Legend({ hover, averages, bucket, articlesCut }: Props) {
  const bar = hover?.bar
  return (
    <div className={styles.legend}>
      {bucket !== undefined && <span className={styles.bucket}>{formatDuration(bucket)} bars</span>}
      {articlesCut && (
        <span className={styles.bucket} title="There are more here than can be marked at once: zoom in to see older ones">
          newest {MARKS_AT_MOST} articles
        </span>
      )}
      {hover && <span>{formatDateTime(hover.time)}</span>}
      {bar && (
        <span className={bar.close >= bar.open ? styles.up : styles.down}>
          <i>O</i>
          {formatPrice(bar.open)} <i>H</i>
          {formatPrice(bar.high)} <i>L</i>
          {formatPrice(bar.low)} <i>C</i>
          {formatPrice(bar.close)} <i>V</i>
          {formatCompact(bar.volume)}
        </span>
      )}
      {averages.fast && hover?.ema.fast !== undefined && (
        <span className={styles.fast}>
          <i>EMA 12</i> {formatPrice(hover.ema.fast)}
        </span>
      )}
      {averages.slow && hover?.ema.slow !== undefined && (
        <span className={styles.slow}>
          <i>EMA 26</i> {formatPrice(hover.ema.slow)}
        </span>
      )}
      {hover?.lanes.map((lane) => {
        const counts = lane.counts.get(hover.time)
        if (!counts) return null
        const { signal, share } = dominant(counts)
        return (
          <span key={lane.version} className={styles.lane}>
            {laneTag(lane.version, lane.slot)} <SignalTag signal={signal} />
            {share < 1 && ` ${Math.round(share * 100)} %`}
            {apart(lane, hover.time) && <i> {apart(lane, hover.time)}</i>}
          </span>
        )
      })}
      {hover && hover.moods.length > 0 && (
        <span>
          <i>News</i>
          {hover.moods.map(({ mood, value }) => ` ${SLOT_TAGS[mood.slot]} ${formatMood(value)}`)}
        </span>
      )}
    </div>
  )
}

const formatMood = (value: number): string => `${value > 0 ? '+' : ''}${formatNumber(value, 2)}`
