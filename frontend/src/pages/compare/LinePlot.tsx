import { useState } from 'react'
import styles from './LinePlot.module.css'
import { type Line, nearest, pathOf, rangeOf } from './lines'

interface Props {
  /** Accessible name. */
  label: string
  lines: readonly Line[]
  formatX: (x: number) => string
  formatY: (y: number) => string
  /** Distance of two points from which a line is interrupted. */
  gap?: number | undefined
  /** Marked by a vertical line. */
  mark?: { x: number; name: string } | undefined
}

const MARKS = [0.05, 0.35, 0.65, 0.95]

/** Lines over a common axis; pointer and slider read the values at one place. */
export function LinePlot({ label, lines, formatX, formatY, gap, mark }: Props) {
  const range = rangeOf(lines)
  const [looked, setLooked] = useState<number>()
  if (!range) return null
  const [first, last] = range.x
  const at = Math.min(last, Math.max(first, looked ?? last))
  const left = (x: number) => `${(100 * (x - first)) / (last - first)}%`
  const read = nearest(lines.find((line) => line.points.length > 0)!, at)?.x ?? at
  return (
    <figure className={styles.figure} aria-label={label}>
      <figcaption className={styles.legend}>
        <span>{formatX(read)}</span>
        {lines.map((line) => {
          const value = nearest(line, read)?.y
          return (
            <span key={line.name}>
              <i className={`${styles[`line${line.colour % 4}`]} ${line.baseline ? styles.baseline : ''}`} aria-hidden="true" />
              {line.name} <strong>{value === undefined ? '–' : formatY(value)}</strong>
            </span>
          )
        })}
      </figcaption>
      <div
        className={styles.plot}
        onPointerMove={(event) => {
          const box = event.currentTarget.getBoundingClientRect()
          setLooked(first + ((event.clientX - box.left) / box.width) * (last - first))
        }}
        onPointerLeave={() => setLooked(undefined)}
      >
        {MARKS.map((share) => (
          <span key={share} className={styles.mark} style={{ top: `${100 * share}%` }}>
            {formatY(range.y[1] - share * (range.y[1] - range.y[0]))}
          </span>
        ))}
        <svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
          {MARKS.map((share) => (
            <path key={share} className={styles.grid} d={`M0 ${100 * share}H100`} />
          ))}
          {lines.map((line) => (
            <path
              key={line.name}
              className={`${styles[`line${line.colour % 4}`]} ${line.baseline ? styles.baseline : ''}`}
              d={pathOf(line, range, gap)}
            />
          ))}
        </svg>
        {mark && <span className={styles.chosen} style={{ left: left(mark.x) }} title={mark.name} />}
        {looked !== undefined && <span className={styles.cursor} style={{ left: left(read) }} />}
      </div>
      <input
        className={styles.slider}
        type="range"
        aria-label={`Place on the axis of: ${label}`}
        aria-valuetext={formatX(read)}
        min={first}
        max={last}
        step={(last - first) / 200}
        value={at}
        onChange={(event) => setLooked(Number(event.target.value))}
      />
      <div className={styles.ends} aria-hidden="true">
        <span>{formatX(first)}</span>
        <span>{formatX(last)}</span>
      </div>
    </figure>
  )
}
