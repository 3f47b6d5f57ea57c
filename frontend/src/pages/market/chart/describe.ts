import type { News } from './NewsOverlay'
import { type Cell, isBar } from './series'

/** Describes what is drawn in words and numbers: for those who cannot see a canvas, people and tests alike. */
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
