import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { useClient } from 'urql'
import type { MarketFactsFragment, Slot } from '../../../api/generated/graphql'
import { useRecoveries } from '../../../api/ApiProvider'
import { Problem } from '../../../components/Notice'
import { formatDateTime, formatDuration } from '../../../lib/format'
import { type Period, toSeconds } from '../../../lib/period'
import { useLive, useLiveFeed } from '../../../live/LiveProvider'
import { useTheme } from '../../../theme/useTheme'
import { ChartSession, type ChartStatus } from './ChartSession'
import styles from './ChartView.module.css'
import type { ChartGap } from './GapLayer'
import { Legend } from './Legend'
import { readPalette } from './palette'
import type { Averages, Hover } from './PriceChart'

interface Props {
  market: MarketFactsFragment
  /** A new object each time a period is asked for, so that asking for the same one again goes back to it. */
  period: { name: Period }
  averages: Averages
  slots: ReadonlySet<Slot>
  gaps: readonly ChartGap[]
  onReference: (close: number | undefined) => void
}

const IDLE: ChartStatus = { fetching: true, error: undefined, bucket: undefined, reference: undefined }

export function ChartView({ market, period, averages, slots, gaps, onReference }: Props) {
  const client = useClient()
  const feed = useLiveFeed()
  const [theme] = useTheme()
  const recoveries = useRecoveries()
  const modelChanges = useLive((state) => state.modelChanges)
  const container = useRef<HTMLDivElement>(null)
  const session = useRef<ChartSession | null>(null)
  const [status, setStatus] = useState(IDLE)
  const [hover, setHover] = useState<Hover>()
  const { symbol, firstOpenTime, lastOpenTime } = market
  const extent = useRef({ first: toSeconds(firstOpenTime ?? ''), last: toSeconds(lastOpenTime ?? '') })

  useEffect(() => {
    if (!container.current) return
    const created = new ChartSession(
      container.current,
      client,
      symbol,
      extent.current,
      readPalette(),
      setHover,
      setStatus,
    )
    session.current = created
    const stop = feed.onBatch((batch) => created.take(batch))
    return () => {
      stop()
      created.close()
      session.current = null
    }
  }, [client, symbol, feed])

  useEffect(() => session.current?.showAverages(averages), [averages])
  useEffect(() => session.current?.showSlots(slots), [slots])
  useEffect(() => session.current?.showGaps(gaps), [gaps])
  useEffect(() => session.current?.recolour(readPalette()), [theme])
  useEffect(() => session.current?.showPeriod(period.name), [period])
  useEffect(() => {
    if (recoveries > 0 || modelChanges > 0) session.current?.refetch()
  }, [recoveries, modelChanges])
  useEffect(() => onReference(status.reference), [status.reference, onReference])

  const onKeyDown = (event: KeyboardEvent) => {
    const act = KEYS[event.key]
    if (!act || !session.current) return
    event.preventDefault()
    act(session.current)
  }

  return (
    <div className={styles.view}>
      <div
        ref={container}
        className={styles.canvas}
        role="application"
        tabIndex={0}
        aria-label={`Candlestick chart of ${symbol}. Arrow keys move through time, plus and minus zoom.`}
        aria-busy={status.fetching}
        data-testid="chart"
        onKeyDown={onKeyDown}
      />
      <Legend hover={hover} averages={averages} bucket={status.bucket} />
      {hover?.gap && (
        <div className={styles.gap} role="tooltip" style={{ left: `clamp(120px, ${hover.x}px, calc(100% - 190px))` }}>
          <strong>{GAP_TITLES[hover.gap.state]}</strong>
          <span>
            {missingBars(hover.gap)} from {formatDateTime(hover.gap.from)}
          </span>
          <span>
            noticed {formatDateTime(hover.gap.detectedAt)}
            {hover.gap.resolvedAt && `, settled ${formatDateTime(hover.gap.resolvedAt)}`}
          </span>
        </div>
      )}
      {status.fetching && <div className={styles.progress} aria-hidden="true" />}
      {status.error && (
        <div className={styles.error}>
          <Problem error={status.error} retry={() => session.current?.refetch()} />
        </div>
      )}
    </div>
  )
}

const KEYS: Record<string, (session: ChartSession) => void> = {
  ArrowLeft: (session) => session.move(-0.1),
  ArrowRight: (session) => session.move(0.1),
  PageUp: (session) => session.move(-0.8),
  PageDown: (session) => session.move(0.8),
  '+': (session) => session.zoom(0.7),
  '=': (session) => session.zoom(0.7),
  '-': (session) => session.zoom(1 / 0.7),
}

const GAP_TITLES = {
  OPEN: 'Gap, being repaired',
  REPAIRED: 'Gap, repaired',
  CONFIRMED: 'Gap, confirmed: the exchange has no bars here',
} as const

function missingBars({ from, to }: ChartGap): string {
  const bars = Math.round((to - from) / 60) + 1
  return bars === 1 ? '1 bar' : `${bars} bars (${formatDuration(bars * 60)})`
}
