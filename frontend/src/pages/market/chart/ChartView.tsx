import { type KeyboardEvent, useCallback, useEffect, useRef, useState } from 'react'
import { useClient } from 'urql'
import { useLocation } from 'wouter'
import type { MarketFactsFragment, Slot } from '../../../api/generated/graphql'
import { useRecoveries } from '../../../api/ApiProvider'
import { Problem } from '../../../components/Problem'
import { formatDateTime, formatDuration } from '../../../lib/format'
import { type Period, toSeconds } from '../../../lib/period'
import { useLive, useLiveFeed } from '../../../live/LiveProvider'
import { useTheme } from '../../../theme/useTheme'
import { ArticleCard, articleAddress } from './ArticleCard'
import { ChartSession, type ChartStatus } from './ChartSession'
import styles from './ChartView.module.css'
import type { ChartGap } from './GapLayer'
import { Legend } from './Legend'
import type { Averages, Hover } from './listener'
import type { Placed } from './NewsLayer'
import type { NewsShown } from './NewsOverlay'
import { Opinions } from './Opinions'
import { readPalette } from './palette'

interface Props {
  market: MarketFactsFragment
  /** A new object for each selection, so that selecting the same period again resets the view. */
  period: { name: Period }
  /** Open time of the bar to show, in epoch seconds; absent to follow the market. */
  at: number | undefined
  averages: Averages
  slots: ReadonlySet<Slot>
  gaps: readonly ChartGap[]
  news: NewsShown
  onReference: (close: number | undefined) => void
}

const IDLE: ChartStatus = { fetching: true, error: undefined, bucket: undefined, reference: undefined, articlesCut: false }

export function ChartView({ market, period, at, averages, slots, gaps, news, onReference }: Props) {
  const client = useClient()
  const feed = useLiveFeed()
  const [theme] = useTheme()
  const recoveries = useRecoveries()
  const modelChanges = useLive((state) => state.modelChanges)
  const container = useRef<HTMLDivElement>(null)
  const session = useRef<ChartSession | null>(null)
  const [status, setStatus] = useState(IDLE)
  const [hover, setHover] = useState<Hover>()
  const [picked, setPicked] = useState<Placed>()
  /** Whether the keyboard focus moves to the card. */
  const keyed = useRef(false)
  const [, go] = useLocation()
  const { symbol, firstOpenTime, lastOpenTime } = market
  const opened = feed.state().candle?.candle.openTime
  const extent = useRef({
    first: toSeconds(firstOpenTime ?? ''),
    last: Math.max(toSeconds(lastOpenTime ?? ''), opened ? toSeconds(opened) : 0),
  })

  /** A click opens the article, since hovering has shown its title; a touch shows the title first. */
  const onPick = useCallback(
    (articles: Placed | undefined) => {
      const marks = articles?.cluster.marks ?? []
      const only = marks.length === 1 && window.matchMedia('(hover: hover)').matches ? marks[0] : undefined
      if (only) go(articleAddress(symbol, only.id))
      else setPicked(articles)
      keyed.current = false
    },
    [go, symbol],
  )
  const pick = useRef(onPick)
  pick.current = onPick

  useEffect(() => {
    if (!container.current) return
    const created = new ChartSession(
      container.current,
      client,
      symbol,
      extent.current,
      readPalette(),
      { hover: setHover, pick: (articles) => pick.current(articles), move: setPicked },
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
  useEffect(() => session.current?.showNews(news), [news])
  useEffect(() => session.current?.pick(picked), [picked])
  useEffect(() => setPicked(undefined), [period, news])
  useEffect(() => session.current?.recolour(readPalette()), [theme])
  useEffect(() => {
    if (at === undefined) session.current?.showPeriod(period.name)
    else session.current?.showAt(at)
  }, [period, at])
  useEffect(() => {
    if (recoveries > 0 || modelChanges > 0) session.current?.refetch()
  }, [recoveries, modelChanges])
  useEffect(() => onReference(status.reference), [status.reference, onReference])

  const stepTo = (step: 1 | -1) => {
    keyed.current = true
    setPicked((now) => session.current?.neighbour(now?.cluster.time, step) ?? now)
  }
  const putAway = () => {
    setPicked(undefined)
    container.current?.focus()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = STEPS[event.key]
    if (step && session.current) {
      event.preventDefault()
      stepTo(step)
      return
    }
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
        aria-label={`Candlestick chart of ${symbol}. Arrow keys move through time, plus and minus zoom, square brackets go through the articles.`}
        aria-busy={status.fetching}
        data-testid="chart"
        onKeyDown={onKeyDown}
      />
      <Legend hover={hover} averages={averages} bucket={status.bucket} articlesCut={status.articlesCut} />
      <Opinions symbol={symbol} time={hover?.bar?.time ?? (hover ? undefined : at)} bucket={status.bucket} />
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
      {picked ? (
        <ArticleCard
          key={picked.cluster.time}
          symbol={symbol}
          placed={picked}
          width={container.current?.clientWidth ?? 0}
          onClose={putAway}
          onStep={stepTo}
          focus={keyed.current}
        />
      ) : (
        hover?.articles && (
          <ArticleCard symbol={symbol} placed={hover.articles} width={container.current?.clientWidth ?? 0} />
        )
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

const STEPS: Record<string, 1 | -1> = { '[': -1, ']': 1 }

const GAP_TITLES = {
  OPEN: 'Gap, being repaired',
  REPAIRED: 'Gap, repaired',
  CONFIRMED: 'Gap, confirmed: the exchange has no bars here',
} as const

function missingBars({ from, to }: ChartGap): string {
  const bars = Math.round((to - from) / 60) + 1
  return bars === 1 ? '1 bar' : `${bars} bars (${formatDuration(bars * 60)})`
}
