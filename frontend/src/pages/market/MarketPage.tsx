import { useCallback, useMemo, useState } from 'react'
import { useSearchParams } from 'wouter'
import { GapsDocument, LanesDocument, type MarketFactsFragment, type Slot } from '../../api/generated/graphql'
import { useFresh } from '../../api/useFresh'
import { Problem } from '../../components/Problem'
import { Waiting } from '../../components/Waiting'
import { isPeriod, type Period, periodName, toSeconds } from '../../lib/period'
import { timeParam } from '../../lib/params'
import { useStored } from '../../lib/useStored'
import { Page } from '../../layout/Page'
import { useLive } from '../../live/LiveProvider'
import { ChartToolbar } from './ChartToolbar'
import { ChartView } from './chart/ChartView'
import type { Averages } from './chart/listener'
import type { NewsShown } from './chart/NewsOverlay'
import { GapNotice } from './GapNotice'
import styles from './MarketPage.module.css'
import { PerformancePanel } from './PerformancePanel'
import { PriceHeader } from './PriceHeader'
import { SignalPanel } from './SignalPanel'
import { waitingForBars, waitingForModel } from './waitingFor'

const ALL_SLOTS: readonly Slot[] = ['CURRENT', 'PREVIOUS', 'BASELINE']
const isAverages = (value: unknown): value is Averages =>
  typeof value === 'object' && value !== null && 'fast' in value && 'slow' in value
const isSlots = (value: unknown): value is readonly Slot[] =>
  Array.isArray(value) && value.every((slot) => ALL_SLOTS.includes(slot as Slot))
const isNewsShown = (value: unknown): value is NewsShown =>
  typeof value === 'object' && value !== null && 'articles' in value && 'sentiment' in value

export default function MarketPage({ market }: { market: MarketFactsFragment }) {
  const { symbol } = market
  const [search, setSearch] = useSearchParams()
  const asked = search.get('period')
  const [last, setLast] = useStored<Period>('period', '6h', isPeriod)
  const [period, setPeriod] = useState<{ name: Period }>(() => ({ name: isPeriod(asked) ? asked : last }))
  const [averages, setAverages] = useStored<Averages>('averages', { fast: true, slow: true }, isAverages)
  const [slots, setSlots] = useStored<readonly Slot[]>('slots', ALL_SLOTS, isSlots)
  const [news, setNews] = useStored<NewsShown>('news', { articles: true, sentiment: true }, isNewsShown)
  const [reference, setReference] = useState<number>()
  const modelChanges = useLive((state) => state.modelChanges)
  const candles = useLive((state) => state.candleCount)

  const [lanes, retryLanes] = useFresh(
    LanesDocument,
    { symbol },
    { when: modelChanges, every: ({ data }) => (waitingForModel(data) ? 2_000 : 60_000) },
  )
  const [gaps] = useFresh(GapsDocument, { symbol }, { every: 5_000 })

  const chartGaps = useMemo(
    () =>
      (gaps.data?.gaps.edges ?? []).map(({ node }) => ({
        ...node,
        from: toSeconds(node.from),
        to: toSeconds(node.to),
      })),
    [gaps.data],
  )
  const shownSlots = useMemo(() => new Set(slots), [slots])
  const choosePeriod = useCallback(
    (name: Period) => {
      setPeriod({ name })
      setLast(name)
      setSearch((before) => (before.set('period', name), before), { replace: true })
    },
    [setSearch, setLast],
  )
  const nameOf = (name: Period) => periodName(name, toSeconds(market.firstOpenTime ?? ''), toSeconds(market.lastOpenTime ?? ''))
  const forBars = waitingForBars(candles > 0 && !market.liveFrom ? { ...market, liveFrom: market.firstOpenTime } : market)
  const forModel = waitingForModel(lanes.data)
  const live = (lanes.data?.models ?? []).flatMap(({ family, versions }) =>
    versions.flatMap((version) => (version.slot ? [{ ...version, family }] : [])),
  )
  // Versions that read articles do not predict bars.
  const versions = live.filter(({ family }) => family !== 'TRL')
  const reads = live.length > versions.length
  const shownNews = useMemo(() => ({ ...news, sentiment: news.sentiment && reads }), [news, reads])

  return (
    <Page title={symbol} hideTitle fill>
      <div className={styles.grid}>
        <section className={styles.chart} aria-label="Price">
          <div className={styles.head}>
            <PriceHeader market={market} reference={reference} period={nameOf(period.name)} />
            <ChartToolbar
              period={period.name}
              onPeriod={choosePeriod}
              nameOf={nameOf}
              averages={averages}
              onAverages={setAverages}
              slots={slots}
              onSlots={setSlots}
              live={versions.flatMap((version) => (version.slot ? [version.slot] : []))}
              news={news}
              onNews={setNews}
              reads={reads}
            />
          </div>
          <GapNotice gaps={chartGaps} />
          <div className={styles.plot}>
            {forBars ? (
              <Waiting title={forBars.title} busy={forBars.busy}>
                {forBars.detail}
              </Waiting>
            ) : (
              <ChartView
                market={market}
                period={period}
                at={timeParam(search, 'at')}
                averages={averages}
                slots={shownSlots}
                gaps={chartGaps}
                news={shownNews}
                onReference={setReference}
              />
            )}
          </div>
        </section>
        <aside className={styles.side} aria-label="Models">
          {lanes.error && <Problem error={lanes.error} retry={retryLanes} shown={lanes.answeredAt} />}
          <SignalPanel market={market} versions={versions} waiting={forBars ?? forModel} loading={!lanes.data && !lanes.error} />
          {!forBars && <PerformancePanel market={market} period={period.name} versions={versions} />}
          <p className={styles.credit}>
            Chart:{' '}
            <a href="https://www.tradingview.com/" target="_blank" rel="noreferrer">
              TradingView Lightweight Charts™
            </a>
          </p>
        </aside>
      </div>
    </Page>
  )
}
