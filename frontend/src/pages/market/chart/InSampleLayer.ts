import type { IChartApiBase, ISeriesPrimitive, SeriesAttachedParameter, Time } from 'lightweight-charts'
import type { Palette } from './palette'
import { bucketOf } from './series'
import type { Span } from '../../../lib/period'

type Target = Parameters<
  NonNullable<ReturnType<NonNullable<ReturnType<NonNullable<ISeriesPrimitive['paneViews']>>[number]>['renderer']>>['draw']
>[0]

/** Shades the bars that a shown version has seen in training, whose signals say nothing about its worth. */
export class InSampleLayer implements ISeriesPrimitive<Time> {
  private chart: IChartApiBase<Time> | undefined
  private redraw: () => void = () => undefined
  private spans: readonly Span[] = []
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

  /** @param spans open times of the first and last bar, in epoch seconds */
  show(spans: readonly Span[], start: number, bucket: number): void {
    this.spans = spans
    this.start = start
    this.bucket = bucket
    this.redraw()
  }

  recolour(palette: Palette): void {
    this.palette = palette
    this.redraw()
  }

  private draw(target: Target): void {
    const scale = this.chart?.timeScale()
    if (!scale || this.spans.length === 0) return
    const half = scale.options().barSpacing / 2
    const coordinate = (time: number) =>
      scale.logicalToCoordinate(
        ((bucketOf(time, this.bucket) - this.start) / this.bucket) as Parameters<typeof scale.logicalToCoordinate>[0],
      )
    target.useMediaCoordinateSpace(({ context, mediaSize }) => {
      for (const span of this.spans) {
        const first = coordinate(span.from)
        const last = coordinate(span.to)
        if (first === null || last === null || last + half < 0 || first - half > mediaSize.width) continue
        const left = Math.max(0, first - half)
        const right = Math.min(mediaSize.width, last + half)
        context.globalAlpha = 0.08
        context.fillStyle = this.palette.muted
        context.fillRect(left, 0, right - left, mediaSize.height)
        context.globalAlpha = 0.8
        context.font = '11px sans-serif'
        context.textAlign = 'right'
        if (right - left > 70) context.fillText('in sample', right - 6, 14)
      }
      context.globalAlpha = 1
      context.textAlign = 'left'
    })
  }
}
