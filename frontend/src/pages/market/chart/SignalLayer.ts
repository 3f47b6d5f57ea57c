import type { IChartApiBase, ISeriesApi, ISeriesPrimitive, SeriesAttachedParameter, Time } from 'lightweight-charts'
import type { Signal } from '../../../api/generated/graphql'
import { laneTag } from '../../../lib/family'
import type { Palette } from './palette'
import { type Cell, isBar } from './series'
import { dominant, type Lane } from './signals'

type Target = Parameters<
  NonNullable<ReturnType<NonNullable<ReturnType<NonNullable<ISeriesPrimitive['paneViews']>>[number]>['renderer']>>['draw']
>[0]

/** Height of a version's strip and of the space below it, in pixels. */
const STRIP = 9
const SPACE = 4
/** Bar width in pixels from which signals are also drawn at the bars. */
const ROOM_FOR_ARROWS = 5

export const laneHeight = (lanes: number): number => (lanes === 0 ? 0 : lanes * (STRIP + SPACE) + SPACE)

/** Draws the versions' signals: a strip for each at the bottom of the chart, and arrows at the bars when there is room. */
export class SignalLayer implements ISeriesPrimitive<Time> {
  private chart: IChartApiBase<Time> | undefined
  private series: ISeriesApi<'Candlestick', Time> | undefined
  private redraw: () => void = () => undefined
  private lanes: readonly Lane[] = []
  private grid: readonly Cell[] = []
  private bucket = 60
  private palette: Palette
  private readonly views = [
    { zOrder: () => 'top' as const, renderer: () => ({ draw: (target: Target) => this.draw(target) }) },
  ]

  constructor(palette: Palette) {
    this.palette = palette
  }

  attached({ chart, series, requestUpdate }: SeriesAttachedParameter<Time>): void {
    this.chart = chart
    this.series = series as ISeriesApi<'Candlestick', Time>
    this.redraw = requestUpdate
  }

  paneViews() {
    return this.views
  }

  show(lanes: readonly Lane[], grid: readonly Cell[], bucket: number): void {
    this.lanes = lanes
    this.grid = grid
    this.bucket = bucket
    this.redraw()
  }

  recolour(palette: Palette): void {
    this.palette = palette
    this.redraw()
  }

  private colour(signal: Signal): string {
    return signal === 'BUY' ? this.palette.up : signal === 'SELL' ? this.palette.down : this.palette.hold
  }

  private draw(target: Target): void {
    const { chart, series, grid, lanes } = this
    const scale = chart?.timeScale()
    const range = scale?.getVisibleLogicalRange()
    const first = grid[0]
    if (!scale || !series || !range || !first) return
    const from = Math.max(0, Math.floor(range.from))
    const to = Math.min(grid.length - 1, Math.ceil(range.to))
    const width = scale.options().barSpacing

    target.useMediaCoordinateSpace(({ context, mediaSize }) => {
      lanes.forEach((lane, row) => {
        const y = mediaSize.height - (row + 1) * (STRIP + SPACE)
        context.globalAlpha = 0.35
        context.fillStyle = this.palette.grid
        context.fillRect(0, y, mediaSize.width, STRIP)
        for (let i = from; i <= to; i++) {
          const counts = lane.counts.get(first.time + i * this.bucket)
          const x = scale.logicalToCoordinate(i as Parameters<typeof scale.logicalToCoordinate>[0])
          if (!counts || x === null) continue
          const { signal, share } = dominant(counts)
          context.globalAlpha = signal === 'HOLD' ? 0.3 : 0.25 + 0.75 * share
          context.fillStyle = this.colour(signal)
          const inset = width > 4 ? 0.5 : 0
          context.fillRect(x - width / 2 + inset, y, Math.max(1, width - 2 * inset), STRIP)
          if (width >= ROOM_FOR_ARROWS && signal !== 'HOLD') this.arrow(context, series, lane, row, i, x, width, signal)
        }
        this.tag(context, laneTag(lane.version, lane.slot), y)
      })
      context.globalAlpha = 1
    })
  }

  /** Draws an arrow at a bar: solid and nearest for the current version, as outlines further out for earlier ones. */
  private arrow(
    context: CanvasRenderingContext2D,
    series: ISeriesApi<'Candlestick', Time>,
    lane: Lane,
    row: number,
    index: number,
    x: number,
    width: number,
    signal: Signal,
  ): void {
    const bar = this.grid[index]
    if (!isBar(bar)) return
    const buy = signal === 'BUY'
    const edge = series.priceToCoordinate(buy ? bar.low : bar.high)
    if (edge === null) return
    const half = Math.min(5, Math.max(2, width / 2 - 0.5))
    const direction = buy ? 1 : -1
    const tip = edge + direction * (5 + row * (half * 1.6 + 3))
    const foot = tip + direction * half * 1.6
    context.globalAlpha = lane.slot === 'CURRENT' ? 1 : 0.85
    context.beginPath()
    context.moveTo(x, tip)
    context.lineTo(x - half, foot)
    context.lineTo(x + half, foot)
    context.closePath()
    if (row === 0) {
      context.fillStyle = this.colour(signal)
      context.fill()
    } else {
      context.lineWidth = 1
      context.strokeStyle = this.colour(signal)
      context.stroke()
    }
  }

  private tag(context: CanvasRenderingContext2D, text: string, y: number): void {
    context.globalAlpha = 0.92
    context.font = `600 10px ${FONT}`
    context.fillStyle = this.palette.panel
    context.fillRect(0, y - 1, context.measureText(text).width + 9, STRIP + 2)
    context.globalAlpha = 1
    context.textBaseline = 'middle'
    context.fillStyle = this.palette.muted
    context.fillText(text, 5, y + STRIP / 2 + 0.5)
  }
}

export const FONT = "'Inter Variable', system-ui, sans-serif"
