import { describe, expect, it } from 'vitest'
import { warmUp } from './ema'
import { bucketFor, needsFetch, requestFor, screenPoints } from './viewport'

const DAY = 86_400
const FIRST = 1_640_995_200
const extent = { first: FIRST, last: FIRST + 100 * DAY - 60 }

describe('buckets', () => {
  it('are the shortest that fit', () => {
    expect(bucketFor(3_600, 60)).toBe(60)
    expect(bucketFor(3_660, 60)).toBe(120)
    expect(bucketFor(DAY, 400)).toBe(240)
    expect(bucketFor(182 * DAY, 400)).toBe(720 * 60)
  })

  it('divide a day or are whole days', () => {
    for (const days of [1, 3, 7, 30, 182, 400, 5_000]) {
      const bucket = bucketFor(days * DAY, 300)
      expect(DAY % bucket === 0 || bucket % DAY === 0).toBe(true)
      expect(Math.ceil((days * DAY) / bucket)).toBeLessThanOrEqual(300)
    }
  })
})

describe('a request', () => {
  const visible = { from: FIRST + 50 * DAY, to: FIRST + 51 * DAY }

  it('has the resolution of the screen and the same length again on both sides', () => {
    const request = requestFor(visible, 1_000, extent)
    const bucket = bucketFor(DAY, screenPoints(1_000))
    expect(request.from).toBeLessThanOrEqual(visible.from - DAY)
    expect(request.to).toBeGreaterThanOrEqual(visible.to + DAY)
    expect((request.to - request.from) / request.maxPoints).toBe(bucket)
    expect(request.maxPoints).toBeLessThanOrEqual(3 * screenPoints(1_000) + 4)
  })

  it('includes the warm-up of an average before the left edge', () => {
    const hour = { from: visible.from, to: visible.from + 3_600 }
    const request = requestFor(hour, 1_000, extent)
    expect((hour.from - request.from) / 60).toBeGreaterThanOrEqual(warmUp(26))
  })

  it('stays within the market and requests at most 5000 points', () => {
    const request = requestFor({ from: FIRST - 9 * DAY, to: FIRST + 200 * DAY }, 5_000, extent)
    expect(request.from).toBe(FIRST)
    expect(request.to).toBe(FIRST + 100 * DAY)
    expect(request.maxPoints).toBeLessThanOrEqual(5_000)
  })
})

describe('more data are fetched', () => {
  const visible = { from: FIRST + 50 * DAY, to: FIRST + 51 * DAY }
  const loaded = { ...requestFor(visible, 1_000, extent), bucket: bucketFor(DAY, screenPoints(1_000)) }
  const needs = (from: number, to: number) =>
    needsFetch({ from: FIRST + from * DAY, to: FIRST + to * DAY }, 1_000, loaded, extent)

  it('not for the requested span', () => expect(needs(50, 51)).toBe(false))
  it('not for a small step to the side', () => expect(needs(49.5, 50.5)).toBe(false))
  it('near the left and the right edge of the loaded span', () => {
    expect(needs(49.1, 50.1)).toBe(true)
    expect(needs(51.9, 52.9)).toBe(true)
  })
  it('when zoomed in or out to another resolution', () => {
    expect(needs(50.4, 50.6)).toBe(true)
    expect(needs(48, 54)).toBe(true)
  })
  it('not beyond the market', () => {
    const atEnd = { from: FIRST + 99 * DAY, to: FIRST + 100.4 * DAY }
    const end = { ...requestFor(atEnd, 1_000, extent), bucket: loaded.bucket }
    expect(needsFetch(atEnd, 1_000, end, extent)).toBe(false)
  })
})
