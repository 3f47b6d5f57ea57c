import { describe, expect, it } from 'vitest'
import type { Signal, SignalFactsFragment } from '../../../api/generated/graphql'
import { apart, dominant, inSampleSpans, type Lane, mergePredictions, toLanes } from './signals'

const prediction = (version: string, minute: number, signal: Signal): SignalFactsFragment => ({
  version,
  openTime: new Date(minute * 60_000).toISOString(),
  signal,
  sell: 0,
  hold: 0,
  buy: 0,
  origin: 'LIVE',
  recordedAt: '',
})

const columns = { bucketSeconds: 300, time: [0], sell: [1], hold: [0], buy: [2], last: ['SELL' as Signal], reconciled: [0], inSample: { from: '2021-12-01T00:00:00Z', to: '2021-12-31T23:59:00Z' } }

describe('the dominant signal', () => {
  it('is the most frequent one, with its share', () => {
    expect(dominant({ sell: 1, hold: 0, buy: 3, last: 'SELL' })).toEqual({ signal: 'BUY', share: 0.75 })
  })

  it('is the latest one among equals', () => {
    expect(dominant({ sell: 2, hold: 0, buy: 2, last: 'BUY' }).signal).toBe('BUY')
    expect(dominant({ sell: 2, hold: 0, buy: 2, last: 'SELL' }).signal).toBe('SELL')
  })

  it('is not the latest one if that is less frequent', () => {
    expect(dominant({ sell: 2, hold: 1, buy: 2, last: 'HOLD' }).signal).not.toBe('HOLD')
  })
})

it('lanes are the versions that hold a slot, current first', () => {
  const lanes = toLanes([
    { ...columns, version: 'm:1', slot: 'BASELINE' },
    { ...columns, version: 'm:2' },
    { ...columns, version: 'm:3', slot: 'CURRENT' },
  ])
  expect(lanes.map((lane) => lane.version)).toEqual(['m:3', 'm:1'])
  expect(lanes[0]!.counts.get(0)).toEqual({ reconciled: false, sell: 1, hold: 0, buy: 2, last: 'SELL' })
})

describe('live predictions', () => {
  const lanes: Lane[] = toLanes([{ ...columns, version: 'm:3', slot: 'CURRENT' }])

  it('are counted in their bucket', () => {
    const merged = mergePredictions(lanes, [prediction('m:3', 3, 'BUY'), prediction('m:3', 5, 'HOLD')], 300, new Map())
    expect(merged.lanes[0]!.counts.get(0)).toEqual({ sell: 1, hold: 0, buy: 3, last: 'BUY' })
    expect(merged.lanes[0]!.counts.get(300)).toEqual({ sell: 0, hold: 1, buy: 0, last: 'HOLD' })
  })

  it('are counted once', () => {
    const first = mergePredictions(lanes, [prediction('m:3', 3, 'BUY')], 300, new Map())
    const again = mergePredictions(first.lanes, [prediction('m:3', 3, 'BUY')], 300, first.countedTo)
    expect(again.lanes).toBe(first.lanes)
  })

  it('replace each other in a bucket of one bar', () => {
    const first = mergePredictions(lanes, [prediction('m:3', 1, 'BUY')], 60, new Map())
    const again = mergePredictions(first.lanes, [prediction('m:3', 1, 'BUY')], 60, first.countedTo)
    expect(again.lanes[0]!.counts.get(60)).toEqual({ sell: 0, hold: 0, buy: 1, last: 'BUY' })
  })

  it('of a version without a lane mark the lanes as stale', () => {
    const merged = mergePredictions(lanes, [prediction('m:4', 1, 'BUY')], 60, new Map())
    expect(merged.unknown).toBe(true)
    expect(merged.lanes).toBe(lanes)
  })
})

it('returns each in-sample span once, with the slots that have seen it', () => {
  const lanes = toLanes([
    { ...columns, version: 'lightgbm:BTCUSDT:1', slot: 'BASELINE' },
    { ...columns, version: 'lightgbm:BTCUSDT:3', slot: 'CURRENT' },
  ])
  const span = { from: Date.UTC(2021, 11, 1) / 1000, to: Date.UTC(2021, 11, 31, 23, 59) / 1000 }
  expect(inSampleSpans(lanes)).toEqual([{ ...span, slots: ['CURRENT', 'BASELINE'] }])
})

it('sets signals in sample and reconciled ones apart from live ones', () => {
  const time = Date.UTC(2022, 0, 2) / 1000
  const [lane] = toLanes([{ ...columns, time: [time], reconciled: [3], version: 'lightgbm:BTCUSDT:1', slot: 'BASELINE' }])
  expect(apart(lane!, Date.UTC(2021, 11, 5) / 1000)).toBe('in sample')
  expect(apart(lane!, time)).toBe('reconciled')
  expect(apart(lane!, time + 60)).toBeUndefined()
})
