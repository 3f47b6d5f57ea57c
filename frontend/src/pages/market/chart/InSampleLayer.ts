import type { IChartApiBase, ISeriesPrimitive, SeriesAttachedParameter, Time } from 'lightweight-charts'
import type { Palette } from './palette'
import { bucketOf } from './series'
import { FONT } from './SignalLayer'
import { SLOT_TAGS } from '../../../lib/family'
import type { SeenSpan } from './signals'

type Target = Parameters<
  NonNullable<ReturnType<NonNullable<ReturnType<NonNullable<ISeriesPrimitive['paneViews']>>[number]>['renderer']>>['draw']
>[0]

/** Shades the bars that a shown version has seen in training, whose signals say nothing about its worth. */
export class InSampleLayer implements ISeriesPrimitive<Time> {
  private chart: IChartApiBase<Time> | undefined
  private redraw: () => void = () => undefined
  private spans: readonly SeenSpan[] = []
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
  show(spans: readonly SeenSpan[], start: number, bucket: number): void {
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
      const shown = this.spans.flatMap((span, row) => {
        const first = coordinate(span.from)
        const last = coordinate(span.to)
        if (first === null || last === null || last + half < 0 || first - half > mediaSize.width) return []
        return [{ span, row, left: Math.max(0, first - half), right: Math.min(mediaSize.width, last + half) }]
      })
      context.fillStyle = this.palette.muted
      for (const { left, right } of shown) {
        context.globalAlpha = 0.08
        context.fillRect(left, 0, right - left, mediaSize.height)
        context.globalAlpha = 0.5
        context.fillRect(right - 1, 0, 1, mediaSize.height)
      }
      context.font = `11px ${FONT}`
      context.textAlign = 'right'
      // After all lines, so that none crosses a label.
      for (const { span, row, left, right } of shown) {
        const words = `in sample ${span.slots.map((slot) => SLOT_TAGS[slot]).join(' ')}`
        const { width } = context.measureText(words)
        if (right - left <= width + 12) continue
        const baseline = 16 + 15 * row
        context.globalAlpha = 0.85
        context.fillStyle = this.palette.panel
        context.fillRect(right - width - 10, baseline - 11, width + 8, 15)
        context.globalAlpha = 1
        context.fillStyle = this.palette.muted
        context.fillText(words, right - 6, baseline)
      }
      context.globalAlpha = 1
      context.textAlign = 'left'
    })
  }
}
