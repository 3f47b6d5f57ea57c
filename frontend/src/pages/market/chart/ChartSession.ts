import type { Client, CombinedError } from 'urql'
import { pipe, subscribe, take } from 'wonka'
import { ChartWindowDocument, type Slot } from '../../../api/generated/graphql'
import { backoff } from '../../../api/connection'
import { TRANSIENT } from '../../../api/passTransient'
import { passes } from '../../../api/problem'
import { type Period, periodSpan, type Span, toIso, toSeconds } from '../../../lib/period'
import type { LiveBatch } from '../../../live/LiveFeed'
import type { ChartGap } from './GapLayer'
import type { Averages, ChartListener } from './listener'
import type { Placed } from './NewsLayer'
import { NewsOverlay, type NewsShown } from './NewsOverlay'
import type { Palette } from './palette'
import { PriceChart } from './PriceChart'
import { fromColumns, mergeCandles, type Series, trimLeft } from './series'
import { type Lane, mergePredictions, toLanes } from './signals'
import { type Extent, needsFetch, requestFor, type WindowRequest } from './viewport'

export interface ChartStatus {
  fetching: boolean
  error: CombinedError | undefined
  /** Length of a bar in seconds; absent without bars. */
  bucket: number | undefined
  /** Close of the first bar of the period. */
  reference: number | undefined
  /** Whether some articles of the loaded span are not marked. */
  articlesCut: boolean
}

const SETTLE = 120
const REPAIR = 1_500
/** Limits for a view that follows a fast market: above the first, bars on the left are dropped down to the second. */
const HOLD_AT_MOST = 6_000
const KEEP = 3_000

/**
 * One chart of one market: fetches the data of the view when it comes to rest, applies live events, and fetches again what cannot
 * be derived from them.
 */
export class ChartSession {
  private readonly chart: PriceChart
  private readonly news: NewsOverlay
  private extent: Extent
  private period: Period = '6h'
  private series: Series = { bucket: 60, bars: [], knownTo: Number.NEGATIVE_INFINITY }
  private lanes: readonly Lane[] = []
  private countedTo: ReadonlyMap<string, number> = new Map()
  private loaded: WindowRequest | undefined
  private asked: WindowRequest | undefined
  /** Events that arrived during a request, which its result may or may not include. */
  private meanwhile: LiveBatch[] = []
  private cancel: (() => void) | undefined
  private settle: ReturnType<typeof setTimeout> | undefined
  private repair: ReturnType<typeof setTimeout> | undefined
  private retry: ReturnType<typeof setTimeout> | undefined
  private failures = 0
  private slots: ReadonlySet<Slot> = new Set<Slot>(['BASELINE', 'PREVIOUS', 'CURRENT'])
  private status: ChartStatus = { fetching: false, error: undefined, bucket: undefined, reference: undefined, articlesCut: false }

  constructor(
    container: HTMLElement,
    private readonly client: Client,
    private readonly symbol: string,
    extent: Extent,
    palette: Palette,
    listener: ChartListener,
    private readonly onStatus: (status: ChartStatus) => void,
  ) {
    this.extent = extent
    this.chart = new PriceChart(container, palette, () => this.rangeMoved(), listener)
    this.news = new NewsOverlay(
      client,
      symbol,
      () => this.loaded && { from: this.loaded.from, to: this.loaded.to, bucket: this.series.bucket },
      (news) => {
        this.chart.showNews(news)
        if (news.cut !== this.status.articlesCut) this.report({ articlesCut: news.cut })
      },
    )
  }

  /** Shows the latest `period` and follows the market. */
  showPeriod(period: Period): void {
    this.period = period
    this.fetch(this.spanOf(period), true)
  }

  /** Shows the two hours around a time, without following the market. */
  showAt(time: number): void {
    this.fetch({ from: time - 3_600, to: time + 3_600 })
  }

  /** Fetches the shown span again, after a reconnect or a change of models. */
  refetch(): void {
    const visible = this.loaded && this.chart.visible()
    if (visible) this.fetch(visible)
    else this.showPeriod(this.period)
  }

  take(batch: LiveBatch): void {
    for (const { candle } of batch.candles) {
      this.extent = { ...this.extent, last: Math.max(this.extent.last, toSeconds(candle.openTime)) }
    }
    if (this.cancel) this.meanwhile.push(batch)
    if (!this.loaded) return
    if (batch.missed) this.fetchSoon()
    this.merge(batch)
  }

  showSlots(slots: ReadonlySet<Slot>): void {
    this.slots = slots
    this.drawLanes()
  }

  showAverages(averages: Averages): void {
    this.chart.showAverages(averages)
  }

  showGaps(gaps: readonly ChartGap[]): void {
    this.chart.showGaps(gaps)
  }

  showNews(shown: NewsShown): void {
    this.news.show(shown)
  }

  pick(articles: Placed | undefined): void {
    this.chart.pick(articles)
  }

  neighbour(time: number | undefined, step: 1 | -1): Placed | undefined {
    return this.chart.neighbour(time, step)
  }

  recolour(palette: Palette): void {
    this.chart.recolour(palette)
  }

  move(share: number): void {
    this.chart.move(share)
  }

  zoom(factor: number): void {
    this.chart.zoom(factor)
  }

  close(): void {
    this.cancel?.()
    this.news.close()
    clearTimeout(this.settle)
    clearTimeout(this.repair)
    clearTimeout(this.retry)
    this.chart.destroy()
  }

  private spanOf(period: Period): Span {
    const { from, to } = periodSpan(period, this.extent.first, this.extent.last)
    const length = Math.max(3_600, to - from)
    return { from: to - length, to: to + length * 0.03 }
  }

  /** Fetches once the view has come to rest, unless the loaded data suffice. */
  private rangeMoved(): void {
    clearTimeout(this.settle)
    this.settle = setTimeout(() => {
      const visible = this.chart.visible()
      if (!visible || !this.loaded) return
      const loaded = { ...this.loaded, bucket: this.series.bucket }
      if (!needsFetch(visible, this.chart.width(), loaded, this.extent)) return
      const request = requestFor(visible, this.chart.width(), this.extent)
      if (this.asked && same(request, this.asked)) return
      this.fetch(visible)
    }, SETTLE)
  }

  private fetchSoon(): void {
    this.repair ??= setTimeout(() => {
      this.repair = undefined
      this.refetch()
    }, REPAIR)
  }

  private fetch(visible: Span, reset = false): void {
    const request = requestFor(visible, this.chart.width(), this.extent)
    this.cancel?.()
    clearTimeout(this.retry)
    this.asked = request
    this.meanwhile = []
    this.report({ fetching: true })
    const { unsubscribe } = pipe(
      this.client.query(
        ChartWindowDocument,
        { symbol: this.symbol, from: toIso(request.from), to: toIso(request.to), maxPoints: request.maxPoints },
        { ...TRANSIENT, requestPolicy: 'network-only' },
      ),
      // Ends with the first result: a later result of the same query must not reach this chart, which may be gone by then.
      take(1),
      subscribe(({ data, error }) => {
        this.cancel = undefined
        if (!data) {
          this.asked = undefined
          this.report({ fetching: false, error })
          if (error && passes(error)) this.retry = setTimeout(() => this.fetch(visible, reset), backoff(this.failures++))
          return
        }
        this.failures = 0
        const { firstOpenTime, lastOpenTime } = data.market ?? {}
        const last = lastOpenTime ? toSeconds(lastOpenTime) : undefined
        this.extent = {
          first: firstOpenTime ? toSeconds(firstOpenTime) : this.extent.first,
          last: Math.max(this.extent.last, last ?? this.extent.last),
        }
        this.series = fromColumns(data.candles, last)
        this.lanes = toLanes(data.signalMarkers)
        this.countedTo = new Map(this.lanes.map((lane) => [lane.version, last ?? 0]))
        this.loaded = request
        // The view or the market moved on during the request.
        const followed = reset || this.chart.following()
        const view = reset ? visible : (this.chart.visible() ?? visible)
        this.chart.show(this.series, request.from <= this.extent.first, view)
        this.drawLanes()
        this.news.load()
        const begin = periodSpan(this.period, this.extent.first, this.extent.last).from
        this.report({
          fetching: false,
          error,
          bucket: this.series.bucket,
          ...(reset ? { reference: this.series.bars.find((bar) => bar.time >= begin - this.series.bucket)?.open } : {}),
        })
        const missed = this.meanwhile
        this.meanwhile = []
        for (const batch of missed) this.merge(batch)
        if (followed && this.series.knownTo < this.extent.last) this.fetchSoon()
        const shown = this.chart.visible()
        if (followed && shown && shown.to < this.extent.last + 60) this.chart.scrollTo(this.toEnd(view))
      }),
    )
    // A result from the cache would have arrived synchronously.
    if (this.asked === request && this.status.fetching) this.cancel = unsubscribe
  }

  /** Returns a span of the same length that ends with the newest bar. */
  private toEnd(span: Span): Span {
    const length = span.to - span.from
    const to = this.extent.last + 60 + length * 0.03
    return { from: to - length, to }
  }

  private merge(batch: LiveBatch): void {
    if (!this.loaded) return
    const end = this.loaded.to
    const reachesNow = this.series.knownTo + 10 * this.series.bucket >= end || this.chart.following()
    const candles = batch.candles.filter(({ candle }) => reachesNow || toSeconds(candle.openTime) < end)
    const { series, changedFrom, stale } = mergeCandles(this.series, candles)
    if (stale) this.fetchSoon()
    if (series !== this.series) {
      const crowded = series.bars.length > HOLD_AT_MOST && this.chart.following()
      this.series = crowded ? trimLeft(series, KEEP) : series
      const lastBar = this.series.bars[this.series.bars.length - 1]
      const firstBar = this.series.bars[0]
      this.loaded = {
        ...this.loaded,
        from: crowded && firstBar ? firstBar.time : this.loaded.from,
        to: Math.max(this.loaded.to, lastBar ? lastBar.time + this.series.bucket : 0),
      }
      this.chart.extend(this.series, crowded ? 0 : changedFrom)
      if (lastBar) this.news.barOpened(lastBar.time)
    }
    const merged = mergePredictions(this.lanes, batch.predictions, this.series.bucket, this.countedTo)
    if (merged.lanes !== this.lanes) {
      this.lanes = merged.lanes
      this.countedTo = merged.countedTo
      this.drawLanes()
    }
    if (merged.unknown) this.fetchSoon()
  }

  private drawLanes(): void {
    this.chart.showLanes(this.lanes.filter((lane) => this.slots.has(lane.slot)))
  }

  private report(change: Partial<ChartStatus>): void {
    this.status = { ...this.status, ...change }
    this.onStatus(this.status)
  }
}

const same = (a: WindowRequest, b: WindowRequest): boolean =>
  a.from === b.from && a.to === b.to && a.maxPoints === b.maxPoints
