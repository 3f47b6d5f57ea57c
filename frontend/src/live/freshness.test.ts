import { describe, expect, it } from 'vitest'
import { freshness, type Signs } from './freshness'

const AT = 1_700_000_000_000
const CLOSED = 1_640_995_260

const real: Signs = {
  online: true,
  connection: { state: 'live' },
  failing: false,
  clock: { time: CLOSED, at: AT, rate: 1 },
  newestClose: CLOSED,
  interval: 60,
}
const after = (signs: Signs, seconds: number) => freshness(signs, AT + seconds * 1000)

describe('on a real market', () => {
  it('data are live until the next candle is overdue', () => {
    expect(after(real, 0)).toEqual({ state: 'live' })
    expect(after(real, 69)).toEqual({ state: 'live' })
  })

  it('data are delayed when a candle is overdue on an open connection', () => {
    expect(after(real, 71)).toEqual({ state: 'delayed', seconds: 71 })
    expect(after(real, 150)).toEqual({ state: 'delayed', seconds: 150 })
  })
})

describe('on a simulated clock, sixty times as fast', () => {
  const simulated: Signs = { ...real, clock: { time: CLOSED, at: AT, rate: 60 } }

  it('twenty-five seconds without a candle are a delay of twenty-five minutes', () => {
    expect(after(simulated, 10)).toEqual({ state: 'live' })
    expect(after(simulated, 25)).toEqual({ state: 'delayed', seconds: 1_500 })
  })

  it('data are not delayed while the server holds the clock', () => {
    expect(after({ ...simulated, clock: { time: CLOSED, at: AT + 25_000, rate: 60 } }, 25)).toEqual({ state: 'live' })
  })
})

it('data are offline without a network', () => {
  expect(after({ ...real, online: false }, 0)).toEqual({ state: 'offline' })
})

it('counts down to the next attempt of a lost connection', () => {
  expect(after({ ...real, connection: { state: 'waiting', attempt: 2, until: AT + 3_000 } }, 1)).toEqual({ state: 'reconnecting', seconds: 2 })
})

it('data are failing when the server does not answer', () => {
  expect(after({ ...real, failing: true }, 0)).toEqual({ state: 'failing' })
  expect(after({ ...real, clock: undefined, failing: true }, 0)).toEqual({ state: 'failing' })
})

it('data are connecting without a clock and importing without live candles', () => {
  expect(after({ ...real, clock: undefined }, 0)).toEqual({ state: 'connecting' })
  expect(after({ ...real, newestClose: undefined }, 0)).toEqual({ state: 'importing' })
})
