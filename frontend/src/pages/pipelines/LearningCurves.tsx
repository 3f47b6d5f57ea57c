import { useState } from 'react'
import { Segmented } from '../../components/Segmented'
import { formatCount, formatNumber } from '../../lib/format'
import { bestStep, type Curve, type CurveGroup, extent, groupCurves, pathOf, valueAt } from './curves'
import styles from './LearningCurves.module.css'

interface Props {
  curves: readonly Curve[]
  measure: string | undefined
  onMeasure: (measure: string) => void
}

/** The metrics of a run, step by step; a slider reads the values at a step. */
export function LearningCurves({ curves, measure, onMeasure }: Props) {
  const groups = groupCurves(curves)
  const group = groups.find((other) => other.measure === measure) ?? groups[0]
  if (!group) return null
  return (
    <div className={styles.curves}>
      {groups.length > 1 && (
        <Segmented label="Metric" options={groups.map((other) => other.measure)} value={group.measure} onChange={onMeasure} />
      )}
      <Plot key={group.measure} group={group} />
    </div>
  )
}

function Plot({ group }: { group: CurveGroup }) {
  const range = extent(group)
  const [first, last] = range.steps
  const [low, high] = range.values
  const [looked, setLooked] = useState<number>()
  const newest = Math.max(...group.curves.flatMap((curve) => curve.steps))
  const step = looked ?? newest
  const judged = group.curves.find((curve) => curve.part.startsWith('valid')) ?? group.curves[0]!
  const best = bestStep(judged, group.measure)
  const left = (at: number) => `${(100 * (at - first)) / (last - first)}%`
  const marks = [0.05, 0.35, 0.65, 0.95]

  return (
    <figure className={styles.figure} aria-label={`Learning curve, ${group.measure}`}>
      <figcaption className={styles.legend}>
        <span>step {formatCount(step)}</span>
        {group.curves.map((curve, i) => (
          <span key={curve.metric}>
            <i className={styles[`line${i % 3}`]} aria-hidden="true" />
            {curve.part} <strong>{formatNumber(valueAt(curve, step), 4)}</strong>
          </span>
        ))}
        <span className={styles.best}>
          best {judged.part} {formatNumber(valueAt(judged, best), 4)} at step {formatCount(best)}
        </span>
      </figcaption>
      <div
        className={styles.plot}
        onPointerMove={(event) => {
          const box = event.currentTarget.getBoundingClientRect()
          const at = Math.round(first + ((event.clientX - box.left) / box.width) * (last - first))
          setLooked(Math.min(newest, Math.max(first, at)))
        }}
        onPointerLeave={() => setLooked(undefined)}
      >
        {marks.map((mark) => (
          <span key={mark} className={styles.mark} style={{ top: `${100 * mark}%` }}>
            {formatNumber(high - mark * (high - low), 3)}
          </span>
        ))}
        <svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
          {marks.map((mark) => (
            <path key={mark} className={styles.grid} d={`M0 ${100 * mark}H100`} />
          ))}
          {group.curves.map((curve, i) => (
            <path key={curve.metric} className={styles[`line${i % 3}`]} d={pathOf(curve, range)} />
          ))}
        </svg>
        <span className={styles.optimum} style={{ left: left(best) }} />
        {looked !== undefined && <span className={styles.cursor} style={{ left: left(looked) }} />}
      </div>
      <input
        className={styles.slider}
        type="range"
        aria-label="Step"
        min={first}
        max={newest}
        value={step}
        onChange={(event) => setLooked(Number(event.target.value))}
      />
      <div className={styles.ends} aria-hidden="true">
        <span>{formatCount(first)}</span>
        <span>step</span>
        <span>{formatCount(newest)}</span>
      </div>
    </figure>
  )
}
