import {
  createTextWatermark,
  type IChartApi,
  type ISeriesApi,
  LineSeries,
  LineStyle,
  type LineWidth,
  type UTCTimestamp,
} from 'lightweight-charts'
import type { Slot } from '../../../api/generated/graphql'
import { SLOT_TAGS } from '../../../lib/family'
import type { Palette } from './palette'
import { alongGrid, type Mood } from './sentiment'

/** Height of the pane as a fraction of the price pane. */
export const SENTIMENT_SHARE = 0.2
const STROKES: Record<Slot, { lineStyle: LineStyle; lineWidth: LineWidth }> = {
  CURRENT: { lineStyle: LineStyle.Solid, lineWidth: 2 },
  PREVIOUS: { lineStyle: LineStyle.Dashed, lineWidth: 1 },
  BASELINE: { lineStyle: LineStyle.Dotted, lineWidth: 1 },
}

interface Line {
  series: ISeriesApi<'Line'>
  mood: Mood
}

type Cells = readonly { time: number }[]

/** Draws the sentiment of the news in a pane below the prices; without lines there is no pane. */
export class SentimentPane {
  private lines: Line[] = []

  constructor(
    private readonly chart: IChartApi,
    private palette: Palette,
  ) {}

  show(moods: readonly Mood[], cells: Cells): void {
    const same = moods.length === this.lines.length && moods.every((mood, i) => this.isOf(mood, this.lines[i]))
    if (!same) {
      this.clear()
      this.lines = moods.map((mood) => ({ mood, series: this.add(mood.slot) }))
      const [prices, pane] = this.chart.panes()
      if (prices && pane) {
        prices.setStretchFactor(1)
        pane.setStretchFactor(SENTIMENT_SHARE)
        createTextWatermark(pane, {
          horzAlign: 'left',
          vertAlign: 'top',
          lines: [{ text: ' News sentiment', color: this.palette.muted, fontSize: 11, fontFamily: "'Inter Variable', sans-serif" }],
        })
      }
    }
    this.lines.forEach((line, i) => {
      line.mood = moods[i]!
      const values = alongGrid(line.mood, cells)
      line.series.setData(cells.map((cell, j) => point(cell.time, values[j])))
    })
  }

  /** Updates the cells from index `from` on. */
  extend(cells: Cells, from: number): void {
    for (const { mood, series } of this.lines) {
      alongGrid(mood, cells.slice(from)).forEach((value, i) => {
        series.update(point(cells[from + i]!.time, value), from + i < cells.length - 1)
      })
    }
  }

  recolour(palette: Palette, cells: Cells): void {
    const moods = this.lines.map(({ mood }) => mood)
    this.palette = palette
    this.clear()
    this.show(moods, cells)
  }

  private isOf(mood: Mood, line: Line | undefined): boolean {
    return line?.mood.version === mood.version && line.mood.slot === mood.slot
  }

  private clear(): void {
    for (const { series } of this.lines) this.chart.removeSeries(series)
    this.lines = []
  }

  private add(slot: Slot): ISeriesApi<'Line'> {
    const first = this.lines.length === 0
    const series = this.chart.addSeries(
      LineSeries,
      {
        ...STROKES[slot],
        color: slot === 'CURRENT' ? this.palette.accent : this.palette.hold,
        title: SLOT_TAGS[slot],
        priceLineVisible: false,
        crosshairMarkerVisible: false,
        priceFormat: { type: 'price', precision: 2, minMove: 0.01 },
        autoscaleInfoProvider: () => ({ priceRange: { minValue: -1, maxValue: 1 } }),
      },
      1,
    )
    series.priceScale().applyOptions({ scaleMargins: { top: 0.1, bottom: 0.1 } })
    if (first) {
      series.createPriceLine({
        price: 0,
        color: this.palette.line,
        lineWidth: 1,
        lineStyle: LineStyle.Solid,
        axisLabelVisible: false,
        title: '',
      })
    }
    return series
  }
}

function point(time: number, value: number | undefined) {
  return value === undefined ? { time: time as UTCTimestamp } : { time: time as UTCTimestamp, value }
}
