import type { IChartApiBase, ISeriesPrimitive, SeriesAttachedParameter, Time } from 'lightweight-charts'
import type { GapState } from '../../../api/generated/graphql'
import type { Palette } from './palette'
import { bucketOf } from './series'

type Target = Parameters<
  NonNullable<ReturnType<NonNullable<ReturnType<NonNullable<ISeriesPrimitive['paneViews']>>[number]>['renderer']>>['draw']
>[0]

/** Open times of the first and last missing bar, in epoch seconds. */
export interface ChartGap {
  from: number
  to: number
  state: GapState
  detectedAt: string
  resolvedAt?: string | null | undefined
}

/** Shades missing bars. Repaired gaps keep a mark at the top, since their bars were recorded late. */
export class GapLayer implements ISeriesPrimitive<Time> {
  private chart: IChartApiBase<Time> | undefined
  private redraw: () => void = () => undefined
  private gaps: readonly ChartGap[] = []
  private start = 0
  private bucket = 60
  private palette: Palette
  private readonly views = [
    { zOrder: () => 'bottom' as const, renderer: () => ({ draw: (target: Target) => this.draw(target) }) },
  ]

  constructor(palette: Palette) {
    this.palette = palette
  }

  attached({ chart, requestUpdate }: SeriesAttachedParameter<Time>): void {
    this.chart = chart
    this.redraw = requestUpdate
  }

  paneViews() {
    return this.views
  }

  show(gaps: readonly ChartGap[], start: number, bucket: number): void {
    this.gaps = gaps
    this.start = start
    this.bucket = bucket
    this.redraw()
  }

  recolour(palette: Palette): void {
    this.palette = palette
    this.redraw()
  }

  /** Returns the gap with a missing bar in the bucket at `time`. */
  at(time: number): ChartGap | undefined {
    return this.gaps.find((gap) => bucketOf(gap.from, this.bucket) <= time && time <= bucketOf(gap.to, this.bucket))
  }

  private colour(state: GapState): string {
    return state === 'OPEN'
      ? this.palette.gapOpen
      : state === 'REPAIRED'
        ? this.palette.gapRepaired
        : this.palette.gapConfirmed
  }

  private draw(target: Target): void {
    const scale = this.chart?.timeScale()
    if (!scale || this.gaps.length === 0) return
    const width = scale.options().barSpacing
    const coordinate = (time: number) =>
      scale.logicalToCoordinate(
        ((bucketOf(time, this.bucket) - this.start) / this.bucket) as Parameters<typeof scale.logicalToCoordinate>[0],
      )
    target.useMediaCoordinateSpace(({ context, mediaSize }) => {
      for (const gap of this.gaps) {
        const left = coordinate(gap.from)
        const right = coordinate(gap.to)
        if (left === null || right === null) continue
        const x = left - width / 2
        const w = Math.max(2, right - left + width)
        if (x > mediaSize.width || x + w < 0) continue
        const colour = this.colour(gap.state)
        if (gap.state !== 'REPAIRED') {
          context.globalAlpha = 0.1
          context.fillStyle = colour
          context.fillRect(x, 0, w, mediaSize.height)
          this.hatch(context, x, w, mediaSize.height, colour)
        }
        context.globalAlpha = 0.9
        context.fillStyle = colour
        context.fillRect(x, 0, w, 3)
      }
      context.globalAlpha = 1
    })
  }

  private hatch(context: CanvasRenderingContext2D, x: number, w: number, height: number, colour: string): void {
    context.save()
    context.beginPath()
    context.rect(x, 0, w, height)
    context.clip()
    context.globalAlpha = 0.22
    context.strokeStyle = colour
    context.lineWidth = 1
    context.beginPath()
    for (let y = -w; y < height + w; y += 9) {
      context.moveTo(x, y + w)
      context.lineTo(x + w, y)
    }
    context.stroke()
    context.restore()
  }
}
