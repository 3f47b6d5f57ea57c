import type { News } from './NewsOverlay'
import { type Cell, isBar } from './series'

/** Describes the drawing in data attributes, which tests read instead of the canvas. */
export function describe(dataset: DOMStringMap, grid: readonly Cell[], bucket: number, news: News): void {
  const bars = grid.filter(isBar)
  const last = bars[bars.length - 1]
  dataset['bars'] = String(bars.length)
  dataset['bucketSeconds'] = String(bucket)
  dataset['first'] = String(bars[0]?.time ?? '')
  dataset['last'] = String(last?.time ?? '')
  dataset['articles'] = String(news.marks.length)
  dataset['sentimentLines'] = String(news.moods.length)
  dataset['lastClose'] = String(last?.close ?? '')
}
