import { describe, expect, it } from 'vitest'
import { isPeriod, periodName, PERIODS, periodSpan, toIso, toSeconds } from './period'

const first = toSeconds('2022-01-01T00:00:00Z')
const last = toSeconds('2022-03-01T11:59:00Z')

describe('a period', () => {
  it('ends with the newest bar', () => {
    for (const period of PERIODS) expect(toIso(periodSpan(period, first, last).to)).toBe('2022-03-01T12:00:00Z')
  })

  it('begins its length before that', () => {
    expect(toIso(periodSpan('1h', first, last).from)).toBe('2022-03-01T11:00:00Z')
    expect(toIso(periodSpan('1d', first, last).from)).toBe('2022-02-28T12:00:00Z')
    expect(toIso(periodSpan('1M', first, last).from)).toBe('2022-01-30T12:00:00Z')
  })

  it('never begins before the market', () => {
    expect(periodSpan('6M', first, last).from).toBe(first)
    expect(periodSpan('all', first, last).from).toBe(first)
  })

  it('is named by the recorded length if that is shorter', () => {
    expect(periodName('1M', first, last)).toBe('Last 30 days')
    expect(periodName('6M', first, last)).toBe('All 59 d 12 h recorded')
    expect(periodName('all', first, last)).toBe('All 59 d 12 h recorded')
    expect(periodName('6h', first, Number.NaN)).toBe('Everything recorded')
  })

  it('is one of seven names', () => {
    expect(isPeriod('6h')).toBe(true)
    expect(isPeriod('2h')).toBe(false)
    expect(isPeriod(null)).toBe(false)
  })
})

it('formats instants as the API does', () => {
  expect(toIso(toSeconds('2022-01-31T12:34:00Z'))).toBe('2022-01-31T12:34:00Z')
})
