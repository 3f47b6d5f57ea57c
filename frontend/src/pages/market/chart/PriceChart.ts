import {
  type CandlestickData,
  CandlestickSeries,
  ColorType,
  createChart,
  CrosshairMode,
  HistogramSeries,
  type IChartApi,
  type ISeriesApi,
  LineSeries,
  LineStyle,
  type MouseEventParams,
  type Time,
  type UTCTimestamp,
  type WhitespaceData,
} from 'lightweight-charts'
import { priceDecimals } from '../../../lib/format'
import type { Span } from '../../../lib/period'
import { describe } from './describe'
import { ema } from './ema'
import { type ChartGap, GapLayer } from './GapLayer'
import { InSampleLayer } from './InSampleLayer'
import { MARK_ROW, NewsLayer, type Placed } from './NewsLayer'
import { type News, NO_NEWS } from './NewsOverlay'
import type { Averages, ChartListener } from './listener'
import type { Palette } from './palette'
import { alongGrid } from './sentiment'
import { SENTIMENT_SHARE, SentimentPane } from './SentimentPane'
import { type Cell, isBar, type Series, toGrid } from './series'
import { FONT, laneHeight, SignalLayer } from './SignalLayer'
import { inSampleSpans, type Lane } from './signals'

const stamp = (time: number) => time as UTCTimestamp

/**
 * The chart's canvas: draws a series with volume, averages, signals and gaps, and reports the visible span. It keeps that span
 * when the series changes, even to another bucket length.
 */
export class PriceChart {
  private readonly chart: IChartApi
  /** The chart's own element, which is removed at once while the library finishes pending work. */
  private readonly box: HTMLElement
  private readonly resized: ResizeObserver
  private readonly candles: ISeriesApi<'Candlestick'>
  private readonly volume: ISeriesApi<'Histogram'>
  private readonly fast: ISeriesApi<'Line'>
  private readonly slow: ISeriesApi<'Line'>
  private readonly signals: SignalLayer
  private readonly gaps: GapLayer
  private readonly inSample: InSampleLayer
  private readonly articles: NewsLayer
  private readonly sentiment: SentimentPane
  private palette: Palette
  private grid: Cell[] = []
  private averages: { fast: (number | undefined)[]; slow: (number | undefined)[] } = { fast: [], slow: [] }
  private lanes: readonly Lane[] = []
  private gapList: readonly ChartGap[] = []
  private news: News = NO_NEWS
  private bucket = 60
  private complete = false
  private decimals = -1
  private settling = false
  private picked: Placed | undefined

  constructor(
    private readonly container: HTMLElement,
    palette: Palette,
    private readonly onRange: (span: Span) => void,
    private readonly listener: ChartListener,
  ) {
    this.palette = palette
    this.box = container.appendChild(document.createElement('div'))
    this.box.style.cssText = 'position: absolute; inset: 0'
    this.chart = createChart(this.box, {
      autoSize: true,
      // A vertical swipe scrolls the page, a horizontal one the chart.
      handleScroll: { vertTouchDrag: false, horzTouchDrag: true },
      crosshair: { mode: CrosshairMode.Normal },
      timeScale: { timeVisible: true, secondsVisible: false, rightOffset: 4, minBarSpacing: 0.4 },
      kineticScroll: { mouse: false, touch: true },
    })
    this.volume = this.chart.addSeries(HistogramSeries, {
      priceScaleId: 'volume',
      priceFormat: { type: 'volume' },
      lastValueVisible: false,
      priceLineVisible: false,
    })
    this.candles = this.chart.addSeries(CandlestickSeries, { borderVisible: false, priceLineStyle: LineStyle.Dotted })
    const line = { lineWidth: 1 as const, lastValueVisible: false, priceLineVisible: false, crosshairMarkerVisible: false }
    this.fast = this.chart.addSeries(LineSeries, line)
    this.slow = this.chart.addSeries(LineSeries, line)
    this.signals = new SignalLayer(palette)
    this.gaps = new GapLayer(palette)
    this.inSample = new InSampleLayer(palette)
    this.candles.attachPrimitive(this.inSample)
    this.candles.attachPrimitive(this.gaps)
    this.candles.attachPrimitive(this.signals)
    this.articles = new NewsLayer(palette, (placed) => this.marksPlaced(placed))
    this.candles.attachPrimitive(this.articles)
    this.sentiment = new SentimentPane(this.chart, palette)
    this.recolour(palette)
    this.layOut()
    // Strips and marks have a height in pixels, while the library's layout uses fractions.
    this.resized = new ResizeObserver(() => this.layOut())
    this.resized.observe(container)

    this.chart.timeScale().subscribeVisibleLogicalRangeChange(() => {
      const span = this.visible()
      if (!span) return
      this.container.dataset['visibleFrom'] = String(Math.round(span.from))
      this.container.dataset['visibleTo'] = String(Math.round(span.to))
      if (!this.settling) this.onRange(span)
    })
    this.chart.subscribeCrosshairMove((event) => {
      const first = this.grid[0]
      if (!event.point || event.logical === undefined || !first) {
        this.articles.choose(this.picked?.cluster.time)
        listener.hover(undefined)
        return
      }
      const index = Math.round(event.logical)
      const time = first.time + index * this.bucket
      const cell = this.grid[index]
      const articles = this.articlesAt(event)
      this.articles.choose((articles ?? this.picked)?.cluster.time)
      listener.hover({
        time,
        bar: isBar(cell) ? cell : undefined,
        ema: { fast: this.averages.fast[index], slow: this.averages.slow[index] },
        gap: this.gaps.at(time),
        lanes: this.lanes,
        moods: this.news.moods.flatMap((mood) => {
          const value = cell && alongGrid(mood, [cell])[0]
          return value === undefined ? [] : [{ mood, value }]
        }),
        articles,
        x: event.point.x,
      })
    })
    this.chart.subscribeClick((event) => listener.pick(this.articlesAt(event)))
  }

  /** Returns the visible span in epoch seconds, which may extend beyond the bars. */
  visible(): Span | undefined {
    const range = this.chart.timeScale().getVisibleLogicalRange()
    const first = this.grid[0]
    if (!range || !first) return undefined
    return { from: first.time + range.from * this.bucket, to: first.time + (range.to + 1) * this.bucket }
  }

  /** Returns the width of the plot in pixels, without the price axis. */
  width(): number {
    return this.chart.timeScale().width() || this.container.clientWidth
  }

  /** Draws another series and shows `span`, by default the visible one. `complete`: there is no bar before the first. */
  show(series: Series, complete: boolean, span: Span | undefined = this.visible()): void {
    this.complete = complete
    this.bucket = series.bucket
    this.settling = true
    this.fill(toGrid(series))
    if (span) this.scrollTo(span)
    this.settling = false
    describe(this.container.dataset, this.grid, this.bucket, this.news)
  }

  /** Updates a series of which only bars from `changedFrom` on differ; a view of the newest bar follows it. */
  extend(series: Series, changedFrom: number): void {
    const grid = toGrid(series)
    const first = series.bars[changedFrom]
    const index = first ? Math.round((first.time - (grid[0]?.time ?? 0)) / this.bucket) : grid.length
    const oldEnd = this.grid.length
    const span = this.visible()
    const newEnd = grid[grid.length - 1]
    const lastTime = this.grid[oldEnd - 1]?.time
    const shift = newEnd && lastTime !== undefined && this.following() ? newEnd.time - lastTime : 0
    const moved = span && { from: span.from + shift, to: span.to + shift }
    const sameStart = grid[0]?.time === this.grid[0]?.time
    if (!sameStart || grid.length - index > 60 || index < oldEnd - 60) {
      this.show(series, this.complete && sameStart, moved)
      return
    }
    this.grid = grid
    this.average()
    for (let i = Math.min(index, oldEnd); i < grid.length; i++) {
      const historical = i < oldEnd - 1
      this.candles.update(this.candle(grid[i]!), historical)
      this.volume.update(this.volumeOf(grid[i]!), historical)
      this.fast.update(this.point(this.averages.fast, i), historical)
      this.slow.update(this.point(this.averages.slow, i), historical)
    }
    this.sentiment.extend(grid, Math.min(index, oldEnd))
    // The library follows a new bar by itself, but not one after a gap.
    if (shift > this.bucket && moved) this.scrollTo(moved)
    this.refresh()
    describe(this.container.dataset, this.grid, this.bucket, this.news)
  }

  /** Returns whether the newest bar is in view. */
  following(): boolean {
    const range = this.chart.timeScale().getVisibleLogicalRange()
    return range !== null && range.to >= this.grid.length - 1.5
  }

  scrollTo(span: Span): void {
    const first = this.grid[0]
    if (!first) return
    this.chart.timeScale().setVisibleLogicalRange({
      from: (span.from - first.time) / this.bucket,
      to: (span.to - first.time) / this.bucket - 1,
    })
  }

  showLanes(lanes: readonly Lane[]): void {
    const before = this.lanes.length
    this.lanes = lanes
    if (before !== lanes.length) this.layOut()
    this.refresh()
  }

  showNews(news: News): void {
    const hadMarks = this.news.marks.length > 0
    const moods = this.news.moods
    this.news = news
    if (news.moods !== moods) this.sentiment.show(news.moods, this.grid)
    if (news.moods.length > 0 !== moods.length > 0 || news.marks.length > 0 !== hadMarks) this.layOut()
    this.refresh()
    describe(this.container.dataset, this.grid, this.bucket, this.news)
  }

  /** Highlights a cluster until another or none is highlighted. */
  pick(articles: Placed | undefined): void {
    this.picked = articles
    this.articles.choose(articles?.cluster.time)
  }

  /** Returns the next newer or older cluster in view from the one at `time`; without a time, the newest. */
  neighbour(time: number | undefined, step: 1 | -1): Placed | undefined {
    const visible = this.articles.visible()
    if (time === undefined) return visible[visible.length - 1]
    return step > 0
      ? visible.find(({ cluster }) => cluster.time > time)
      : visible.findLast(({ cluster }) => cluster.time < time)
  }

  showGaps(gaps: readonly ChartGap[]): void {
    this.gapList = gaps
    this.refresh()
  }

  showAverages(averages: Averages): void {
    this.fast.applyOptions({ visible: averages.fast })
    this.slow.applyOptions({ visible: averages.slow })
  }

  recolour(palette: Palette): void {
    this.palette = palette
    this.chart.applyOptions({
      layout: {
        background: { type: ColorType.Solid, color: 'transparent' },
        textColor: palette.muted,
        fontFamily: FONT,
        fontSize: 11,
        attributionLogo: false, // The page credits the library in text.
        panes: { enableResize: false, separatorColor: palette.line },
      },
      grid: { vertLines: { color: palette.grid }, horzLines: { color: palette.grid } },
      crosshair: {
        vertLine: { color: palette.muted, labelBackgroundColor: palette.accent },
        horzLine: { color: palette.muted, labelBackgroundColor: palette.accent },
      },
      rightPriceScale: { borderColor: palette.line },
      timeScale: { borderColor: palette.line },
    })
    this.candles.applyOptions({
      upColor: palette.up,
      downColor: palette.down,
      wickUpColor: palette.up,
      wickDownColor: palette.down,
    })
    this.fast.applyOptions({ color: palette.fast })
    this.slow.applyOptions({ color: palette.slow })
    this.signals.recolour(palette)
    this.gaps.recolour(palette)
    this.inSample.recolour(palette)
    this.articles.recolour(palette)
    this.sentiment.recolour(palette, this.grid)
    if (this.grid.length) this.volume.setData(this.grid.map((cell) => this.volumeOf(cell)))
  }

  /** Handles a key: moves by a share of the view, or zooms around its right edge. */
  move(share: number): void {
    const span = this.visible()
    if (!span) return
    const by = (span.to - span.from) * share
    this.scrollTo({ from: span.from + by, to: span.to + by })
  }

  zoom(factor: number): void {
    const span = this.visible()
    if (!span) return
    this.scrollTo({ from: span.to - (span.to - span.from) * factor, to: span.to })
  }

  destroy(): void {
    this.resized.disconnect()
    this.chart.remove()
    this.box.remove()
  }

  private fill(grid: Cell[]): void {
    this.grid = grid
    const last = grid.findLast(isBar)
    const decimals = last ? priceDecimals(last.close) : 2
    if (decimals !== this.decimals) {
      this.decimals = decimals
      const priceFormat = { type: 'price' as const, precision: decimals, minMove: 10 ** -decimals }
      for (const series of [this.candles, this.fast, this.slow]) series.applyOptions({ priceFormat })
    }
    this.average()
    this.candles.setData(grid.map((cell) => this.candle(cell)))
    this.volume.setData(grid.map((cell) => this.volumeOf(cell)))
    this.fast.setData(grid.map((_, i) => this.point(this.averages.fast, i)))
    this.slow.setData(grid.map((_, i) => this.point(this.averages.slow, i)))
    this.sentiment.show(this.news.moods, grid)
    this.refresh()
  }

  private average(): void {
    this.averages = { fast: ema(this.grid, 12, this.complete), slow: ema(this.grid, 26, this.complete) }
  }

  private refresh(): void {
    const start = this.grid[0]?.time ?? 0
    this.signals.show(this.lanes, this.grid, this.bucket)
    this.gaps.show(this.gapList, start, this.bucket)
    this.inSample.show(inSampleSpans(this.lanes), start, this.bucket)
    this.articles.show(this.grid.length > 0 ? this.news.marks : [], start, this.bucket, laneHeight(this.lanes.length))
  }

  private marksPlaced(placed: readonly Placed[]): void {
    const newest = placed[placed.length - 1]
    this.container.dataset['newestMark'] = newest ? `${newest.x.toFixed(1)} ${newest.y.toFixed(1)}` : ''
    const { picked } = this
    if (!picked) return
    const now = placed.find(({ cluster }) => cluster.time === picked.cluster.time)
    if (now && Math.abs(now.x - picked.x) < 1 && now.y === picked.y && now.cluster === picked.cluster) return
    this.picked = now
    this.listener.move(now)
  }

  private articlesAt({ point, paneIndex }: MouseEventParams): Placed | undefined {
    return point && paneIndex === 0 ? this.articles.at(point.x, point.y) : undefined
  }

  /** Lays out candles, volume below them, then articles, and the versions' strips at the bottom. */
  private layOut(): void {
    const share = this.news.moods.length > 0 ? 1 / (1 + SENTIMENT_SHARE) : 1
    const height = Math.max(200, (this.container.clientHeight - 28) * share)
    const foot = (laneHeight(this.lanes.length) + (this.news.marks.length > 0 ? MARK_ROW : 0)) / height
    this.candles.priceScale().applyOptions({ scaleMargins: { top: 0.09, bottom: 0.17 + foot } })
    this.volume.priceScale().applyOptions({ scaleMargins: { top: 0.88 - foot, bottom: foot } })
    requestAnimationFrame(() => this.describeLayout())
  }

  private candle(cell: Cell): CandlestickData<Time> | WhitespaceData<Time> {
    return isBar(cell)
      ? { time: stamp(cell.time), open: cell.open, high: cell.high, low: cell.low, close: cell.close }
      : { time: stamp(cell.time) }
  }

  private volumeOf(cell: Cell) {
    return isBar(cell)
      ? {
          time: stamp(cell.time),
          value: cell.volume,
          color: cell.close >= cell.open ? this.palette.upSoft : this.palette.downSoft,
        }
      : { time: stamp(cell.time) }
  }

  private point(values: readonly (number | undefined)[], index: number) {
    const time = stamp(this.grid[index]!.time)
    const value = values[index]
    return value === undefined ? { time } : { time, value }
  }

  /** Describes positions in pixels from the top, for tests. */
  private describeLayout(): void {
    if (!this.box.isConnected) return
    const { dataset, clientHeight } = this.container
    const pane = this.chart.panes()[0]?.getHeight() ?? 0
    const range = this.chart.timeScale().getVisibleLogicalRange()
    const lows = this.grid.slice(Math.max(0, Math.floor(range?.from ?? 0)), Math.ceil(range?.to ?? 0)).filter(isBar)
    const lowest = this.candles.priceToCoordinate(Math.min(...lows.map(({ low }) => low)))
    dataset['height'] = String(clientHeight)
    dataset['lowestCandle'] = String(Math.round(lowest ?? 0))
    dataset['stripsTop'] = String(Math.round(pane - laneHeight(this.lanes.length)))
  }
}
