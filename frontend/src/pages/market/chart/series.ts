import type { RecordedCandle } from '../../../live/LiveFeed'

/** One bucket of the chart; time is its start in epoch seconds. */
export interface Bar {
  time: number
  open: number
  high: number
  low: number
  close: number
  volume: number
}

/** Times as epoch seconds, columns of equal length, as the server sends them. */
export interface Columns {
  bucketSeconds: number
  time: readonly number[]
  open: readonly number[]
  high: readonly number[]
  low: readonly number[]
  close: readonly number[]
  volume: readonly number[]
}

/** Bars of the chart in ascending order without duplicates, and the time up to which they are complete. */
export interface Series {
  bucket: number
  bars: readonly Bar[]
  /** Open time of the newest one-minute bar contained in `bars`; −Infinity if there is none. */
  knownTo: number
}

export function fromColumns(columns: Columns, lastOpenTime: number | undefined): Series {
  const bars = columns.time.map((time, i) => ({
    time,
    open: columns.open[i]!,
    high: columns.high[i]!,
    low: columns.low[i]!,
    close: columns.close[i]!,
    volume: columns.volume[i]!,
  }))
  const end = bars.length ? bars[bars.length - 1]!.time + columns.bucketSeconds - 60 : Number.NEGATIVE_INFINITY
  return { bucket: columns.bucketSeconds, bars, knownTo: Math.min(end, lastOpenTime ?? end) }
}

export interface Merge {
  series: Series
  /** Index of the first bar that changed, or the length if none did. */
  changedFrom: number
  /**
   * The series has to be fetched again: a bar that is already part of a longer bucket was corrected or filled in, or
   * minutes before a new bar came neither with the result nor with the stream, which begins a moment later.
   */
  stale: boolean
}

/** Number of empty buckets before a new bar above which the series is fetched instead of filled. */
const FAR = 500

export function bucketOf(time: number, bucket: number): number {
  return Math.floor(time / bucket) * bucket
}

/** Applies live, repaired and corrected candles to the series. Idempotent. */
export function mergeCandles(series: Series, candles: readonly RecordedCandle[]): Merge {
  const { bucket } = series
  let bars: Bar[] | undefined
  let knownTo = series.knownTo
  let changedFrom = series.bars.length
  let stale = false

  for (const recorded of candles) {
    const candle = toBar(recorded)
    const held = bars ?? series.bars
    const last = held[held.length - 1]
    const time = bucketOf(candle.time, bucket)
    if (last && time > last.time + FAR * bucket) {
      stale = true
      continue
    }
    if (last && held[0] && time < held[0].time) continue // before the first bar; fetched when panned to
    stale ||= candle.time > knownTo + 60

    if (bucket === 60) {
      const at = place(held, time)
      bars ??= [...series.bars]
      bars.splice(at, bars[at]?.time === time ? 1 : 0, { ...candle, time })
      changedFrom = Math.min(changedFrom, at)
    } else if (candle.time <= knownTo) {
      stale ||= recorded.revision > 0 || !last || time < last.time
      continue
    } else {
      bars ??= [...series.bars]
      const open = bars[bars.length - 1]
      if (open?.time === time) bars[bars.length - 1] = extend(open, candle)
      else bars.push({ ...candle, time })
      changedFrom = Math.min(changedFrom, bars.length - 1)
    }
    knownTo = Math.max(knownTo, candle.time)
  }
  return { series: bars ? { bucket, bars, knownTo } : series, changedFrom, stale }
}

function toBar({ candle }: RecordedCandle): Bar {
  return {
    time: Math.floor(Date.parse(candle.openTime) / 1000),
    open: Number(candle.open),
    high: Number(candle.high),
    low: Number(candle.low),
    close: Number(candle.close),
    volume: Number(candle.volume),
  }
}

function extend(bucket: Bar, candle: Bar): Bar {
  return {
    ...bucket,
    high: Math.max(bucket.high, candle.high),
    low: Math.min(bucket.low, candle.low),
    close: candle.close,
    volume: bucket.volume + candle.volume,
  }
}

/** Returns the index of the first bar at or after `time`. */
export function place(bars: readonly { time: number }[], time: number): number {
  let low = 0
  let high = bars.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (bars[middle]!.time < time) low = middle + 1
    else high = middle
  }
  return low
}

/** A bar, or the time of a missing one. */
export type Cell = Bar | { time: number }
export const isBar = (cell: Cell | undefined): cell is Bar => cell !== undefined && 'close' in cell

/**
 * Returns one cell for each bucket from the first bar to the last. Without cells for missing bars, the chart, whose axis counts bars,
 * would close its gaps.
 */
export function toGrid({ bars, bucket }: Series): Cell[] {
  const grid: Cell[] = []
  for (const bar of bars) {
    const last = grid[grid.length - 1]
    for (let time = last ? last.time + bucket : bar.time; time < bar.time; time += bucket) grid.push({ time })
    grid.push(bar)
  }
  return grid
}

/** Returns the newest `count` buckets. */
export function trimLeft(series: Series, count: number): Series {
  const last = series.bars[series.bars.length - 1]
  if (!last) return series
  const from = place(series.bars, last.time - (count - 1) * series.bucket)
  return from === 0 ? series : { ...series, bars: series.bars.slice(from) }
}
