import { describe, expect, it } from 'vitest'
import type { RecordedCandle } from '../../../live/LiveFeed'
import { fromColumns, isBar, mergeCandles, place, type Series, toGrid, trimLeft } from './series'

const START = 1_640_995_200 // 2022-01-01, midnight

const candle = (minute: number, close: number, revision = 0): RecordedCandle => ({
  revision,
  knownAt: '',
  candle: {
    openTime: new Date((START + minute * 60) * 1000).toISOString(),
    open: String(close - 1),
    high: String(close + 2),
    low: String(close - 2),
    close: String(close),
    volume: '3',
  },
})

const series = (bucket: number, minutes: number[], lastMinute?: number): Series =>
  fromColumns(
    {
      bucketSeconds: bucket,
      time: minutes.map((m) => START + m * 60),
      open: minutes.map(() => 100),
      high: minutes.map(() => 101),
      low: minutes.map(() => 99),
      close: minutes.map(() => 100),
      volume: minutes.map(() => 10),
    },
    lastMinute === undefined ? undefined : START + lastMinute * 60,
  )

const minutes = ({ bars }: Series) => bars.map((bar) => (bar.time - START) / 60)

describe('one-minute bars', () => {
  it('append a live candle', () => {
    const merged = mergeCandles(series(60, [0, 1]), [candle(2, 105)])
    expect(minutes(merged.series)).toEqual([0, 1, 2])
    expect(merged.changedFrom).toBe(2)
    expect(merged.series.bars[2]).toMatchObject({ open: 104, high: 107, low: 103, close: 105, volume: 3 })
  })

  it('ignore a repeated candle', () => {
    const once = mergeCandles(series(60, [0]), [candle(1, 105)]).series
    const twice = mergeCandles(once, [candle(1, 105)])
    expect(twice.series.bars).toEqual(once.bars)
    expect(twice.stale).toBe(false)
  })

  it('insert a repaired candle', () => {
    const merged = mergeCandles(series(60, [0, 1, 4, 5]), [candle(3, 7), candle(2, 6)])
    expect(minutes(merged.series)).toEqual([0, 1, 2, 3, 4, 5])
    expect(merged.changedFrom).toBe(2)
    expect(merged.stale).toBe(false)
  })

  it('replace a corrected candle', () => {
    const merged = mergeCandles(series(60, [0, 1, 2]), [candle(1, 42, 1)])
    expect(merged.series.bars[1]!.close).toBe(42)
    expect(minutes(merged.series)).toEqual([0, 1, 2])
  })

  it('ignore candles before the first bar', () => {
    const held = series(60, [10, 11])
    expect(mergeCandles(held, [candle(3, 1)]).series).toBe(held)
  })

  it('are stale when minutes before a new candle are missing', () => {
    const merged = mergeCandles(series(60, [0, 1]), [candle(4, 105)])
    expect(minutes(merged.series)).toEqual([0, 1, 4])
    expect(merged.stale).toBe(true)
    expect(mergeCandles(merged.series, [candle(5, 105)]).stale).toBe(false)
  })

  it('are stale when the market has run far ahead', () => {
    const held = series(60, [0])
    const merged = mergeCandles(held, [candle(5_000, 1)])
    expect(merged.stale).toBe(true)
    expect(merged.series).toBe(held)
  })
})

describe('longer buckets', () => {
  it('grow by live candles and close with the last one', () => {
    // The bucket from minute 5 on contains minutes 5 and 6 so far.
    const merged = mergeCandles(series(300, [0, 5], 6), [candle(7, 200), candle(8, 50)])
    expect(merged.series.bars[1]).toEqual({
      time: START + 300,
      open: 100,
      high: 202,
      low: 48,
      close: 50,
      volume: 16,
    })
    expect(merged.changedFrom).toBe(1)
  })

  it('count a candle once, even if the result contained it already', () => {
    const held = series(300, [0, 5], 6)
    expect(mergeCandles(held, [candle(6, 200)]).series).toBe(held)
    const grown = mergeCandles(held, [candle(7, 200)]).series
    expect(mergeCandles(grown, [candle(7, 200)]).series).toBe(grown)
  })

  it('start a new bucket', () => {
    const merged = mergeCandles(series(300, [0, 5], 9), [candle(10, 7)])
    expect(minutes(merged.series)).toEqual([0, 5, 10])
  })

  it('are stale when minutes before a new candle are missing', () => {
    expect(mergeCandles(series(300, [0, 5], 6), [candle(8, 7)]).stale).toBe(true)
  })

  it('are stale when a bar inside is corrected or filled in', () => {
    expect(mergeCandles(series(300, [0, 5], 9), [candle(2, 7, 1)]).stale).toBe(true)
    expect(mergeCandles(series(300, [0, 10], 14), [candle(7, 7)]).stale).toBe(true)
  })
})

it('a grid has a cell for each missing bar', () => {
  const grid = toGrid(series(60, [0, 1, 4]))
  expect(grid.map(isBar)).toEqual([true, true, false, false, true])
  expect(grid.map((cell) => (cell.time - START) / 60)).toEqual([0, 1, 2, 3, 4])
})

it('trimming keeps the newest buckets by time', () => {
  expect(minutes(trimLeft(series(60, [0, 1, 4, 5]), 3))).toEqual([4, 5])
  const all = series(60, [0, 1])
  expect(trimLeft(all, 10)).toBe(all)
})

it('finds the first bar at or after a time', () => {
  const { bars } = series(60, [0, 2, 4])
  expect([-1, 0, 1, 2, 3, 4, 5].map((m) => place(bars, START + m * 60))).toEqual([0, 0, 1, 1, 2, 2, 3])
})
