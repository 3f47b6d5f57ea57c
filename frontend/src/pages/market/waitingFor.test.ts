import { describe, expect, it } from 'vitest'
import type { LanesQuery, MarketFactsFragment } from '../../api/generated/graphql'
import { waitingForBars, waitingForModel } from './waitingFor'

const market: MarketFactsFragment = {
  symbol: 'BTCUSDT',
  interval: '1m',
  origin: 'ARCHIVE',
  description: 'an archive',
  liveFrom: '2022-01-31T00:00:00Z',
  firstOpenTime: '2022-01-01T00:00:00Z',
  lastOpenTime: '2022-01-31T00:00:00Z',
  lastClose: '1',
  candles: 43_200,
}

type Cycle = LanesQuery['trainingCycles']['edges'][number]['node']
type Version = LanesQuery['models'][number]['versions'][number]

const cycle = (state: Cycle['state'], reason: string | null = null): Cycle => ({
  number: 1,
  state,
  note: null,
  dataFrom: '2022-01-01T00:00:00Z',
  dataTo: '2022-01-30T23:59:00Z',
  runs: [{ reason }],
})

const version = (state: Version['state'], slot: Version['slot'] = null): Version => ({
  id: 'lightgbm:BTCUSDT:1',
  number: 1,
  state,
  slot,
  trainedAt: '',
  expiresAt: '',
  expired: false,
  label: { horizonBars: 1, thresholdPercent: 0.015 },
})

const lanes = (versions: Version[], ...cycles: Cycle[]): LanesQuery => ({
  models: [{ id: 'lightgbm:BTCUSDT', family: 'LIGHTGBM', versions }],
  trainingCycles: { edges: cycles.map((node) => ({ node })) },
})

describe('a market', () => {
  it('waits for the first bar', () => {
    expect(waitingForBars({ ...market, candles: 0 })?.title).toBe('Waiting for the first candles…')
  })
  it('shows the progress of the import before it is live', () => {
    const awaited = waitingForBars({ ...market, liveFrom: null })
    expect(awaited?.title).toBe('Importing history…')
    expect(awaited?.detail).toContain('43,200 candles')
  })
  it('waits for nothing when it is live', () => expect(waitingForBars(market)).toBeUndefined())
})

describe('without a live model', () => {
  it('waits for the first cycle', () =>
    expect(waitingForModel(lanes([]))?.title).toBe('Waiting for the first training cycle…'))
  it('reports a running training', () =>
    expect(waitingForModel(lanes([], cycle('RUNNING')))?.title).toBe('Training the first model…'))
  it('reports a promotion', () =>
    expect(waitingForModel(lanes([version('PROMOTING')], cycle('RUNNING')))?.title).toBe('Promoting the first model…'))
  it('gives the reason of a failed cycle', () => {
    const awaited = waitingForModel(lanes([], cycle('FAILED', 'The disk is full.')))
    expect(awaited).toEqual({
      title: 'The last training cycle produced no model',
      detail: 'The disk is full.',
      busy: false,
    })
  })
})

it('waits for nothing with a live model, even during training', () => {
  expect(waitingForModel(lanes([version('LIVE', 'BASELINE')], cycle('RUNNING')))).toBeUndefined()
})
