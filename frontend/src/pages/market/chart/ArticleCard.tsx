import { type KeyboardEvent, useEffect, useRef } from 'react'
import { Link } from 'wouter'
import { formatDateTime } from '../../../lib/format'
import styles from './ArticleCard.module.css'
import type { Placed } from './NewsLayer'

interface Props {
  symbol: string
  placed: Placed
  /** Width of the chart. */
  width: number
  /** Absent while the mouse only hovers; then the card is not interactive. */
  onClose?: () => void
  onStep?: (step: 1 | -1) => void
  /** Whether the first title takes the keyboard focus. */
  focus?: boolean
}

const WIDTH = 340
const EDGE = 6
const SHOWN = { passing: 4, picked: 30 }

export const articleAddress = (symbol: string, id: string): string =>
  `/news?symbol=${encodeURIComponent(symbol)}&article=${encodeURIComponent(id)}`

/** Lists the articles of one mark, newest first. */
export function ArticleCard({ symbol, placed: { cluster, x, y }, width, onClose, onStep, focus = false }: Props) {
  const card = useRef<HTMLDivElement>(null)
  const picked = onClose !== undefined
  useEffect(() => {
    if (focus) card.current?.querySelector('a')?.focus({ preventScroll: true })
  }, [focus])

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') onClose?.()
    else if (event.key === '[') onStep?.(-1)
    else if (event.key === ']') onStep?.(1)
    else return
    event.preventDefault()
  }
  const half = Math.min(WIDTH, width - 2 * EDGE) / 2 + EDGE
  const marks = [...cluster.marks].reverse()
  const shown = marks.slice(0, picked ? SHOWN.picked : SHOWN.passing)
  return (
    <div
      ref={card}
      className={`${styles.card} ${picked ? styles.picked : ''}`}
      role={picked ? 'dialog' : 'tooltip'}
      aria-label={picked ? 'Articles' : undefined}
      style={{ left: Math.min(Math.max(x, half), Math.max(half, width - half)), top: y - 16 }}
      onKeyDown={onKeyDown}
      data-testid="articles-at"
    >
      <ul className={styles.list}>
        {shown.map(({ id, time, title, source }) => (
          <li key={id}>
            {picked ? <Link href={articleAddress(symbol, id)}>{title}</Link> : <strong>{title}</strong>}
            <span>
              {source}, seen {formatDateTime(time)}
            </span>
          </li>
        ))}
        {marks.length > shown.length && <li className={styles.more}>and {marks.length - shown.length} more</li>}
      </ul>
      {picked && (
        <button type="button" className={styles.close} onClick={onClose} aria-label="Close">
          ×
        </button>
      )}
    </div>
  )
}
