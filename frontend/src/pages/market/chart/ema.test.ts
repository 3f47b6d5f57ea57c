import { describe, expect, it } from 'vitest'
import { ema, warmUp } from './ema'
import type { Cell } from './series'

const cells = (...closes: (number | undefined)[]): Cell[] =>
  closes.map((close, i) =>
    close === undefined
      ? { time: i * 60 }
      : { time: i * 60, open: close, high: close, low: close, close, volume: 1 },
  )

describe('ema', () => {
  it('weights the newest close with 2 / (period + 1)', () => {
    expect(ema(cells(10, 20, 20), 3, true)).toEqual([10, 15, 17.5])
  })

  it('does not change over a missing bar', () => {
    expect(ema(cells(10, undefined, 20), 3, true)).toEqual([10, undefined, 15])
  })

  it('is absent during warm-up', () => {
    const result = ema(cells(...Array.from({ length: 40 }, () => 5)), 12)
    expect(result.findIndex((value) => value !== undefined)).toBe(warmUp(12))
    expect(result[39]).toBe(5)
  })

  it('after warm-up is within one per cent of a longer history', () => {
    const closes = Array.from({ length: 400 }, (_, i) => 100 + 10 * Math.sin(i / 7))
    const long = ema(cells(...closes), 26)
    const short = ema(cells(...closes.slice(200)), 26)
    for (let i = 200 + warmUp(26); i < 400; i++) {
      // The closes have a range of 20, so the remaining weight of the first one is at most 1 % of it.
      expect(Math.abs(short[i - 200]! - long[i]!)).toBeLessThan(0.2 * 1.01)
    }
  })
})
