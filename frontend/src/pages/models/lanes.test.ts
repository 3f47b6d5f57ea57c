import { expect, it } from 'vitest'
import type { PerformanceQuery, SignalFactsFragment } from '../../api/generated/graphql'
import { version } from './fixtures'
import { lanesOf, lastPrediction, liveAccuracy } from './lanes'

const bar = (version: string, openTime: string, signal: 'BUY' | 'SELL') => ({ version, openTime, signal }) as SignalFactsFragment

it('takes the latest prediction of a version, streamed or fetched', () => {
  const fetched = [bar('m:1', '2022-01-01T00:01:00Z', 'SELL'), bar('m:2', '2022-01-01T00:09:00Z', 'SELL')]
  const streamed = new Map([['m:1', bar('m:1', '2022-01-01T00:02:00Z', 'BUY')]])
  expect(lastPrediction('m:1', streamed, fetched, [])).toEqual({ signal: 'BUY', at: '2022-01-01T00:02:00Z' })
  expect(lastPrediction('m:1', new Map(), fetched, [])?.signal).toBe('SELL')
  expect(lastPrediction('m:3', streamed, fetched, [])).toBeUndefined()
})

it('takes the latest score of a version that reads articles', () => {
  const node = (scoredAt: string, signal: 'BUY' | 'HOLD') => ({ node: { id: scoredAt, scores: [{ version: 'trl:1', signal, scoredAt }] } })
  const articles = [node('2022-01-01T00:00:00Z', 'BUY'), node('2022-01-02T00:00:00Z', 'HOLD')]
  expect(lastPrediction('trl:1', new Map(), [], articles)?.signal).toBe('HOLD')
})

it('has no live accuracy before the first outcome', () => {
  const report = (accuracy: number | null) =>
    ({ versions: [{ version: 'm:1', accuracy, majorityAccuracy: 0.4, resolved: 10 }] }) as unknown as PerformanceQuery['performance']
  expect(liveAccuracy('m:1', report(0.5))).toEqual({ accuracy: 0.5, majority: 0.4, resolved: 10 })
  expect(liveAccuracy('m:1', report(null))).toBeUndefined()
  expect(liveAccuracy('m:2', report(0.5))).toBeUndefined()
})

it('shows the slots of now, or those of a past moment', () => {
  const versions = [{ ...version(3), slot: 'CURRENT' as const }, version(2), { ...version(1), slot: 'BASELINE' as const }]
  const model = { id: 'lightgbm:BTCUSDT', family: 'LIGHTGBM' as const, symbol: 'BTCUSDT', pin: null, versions }
  const numbers = (lanes: ReturnType<typeof lanesOf>) => lanes.map(({ slot, version: v }) => [slot, v?.number])
  expect(numbers(lanesOf(model, undefined))).toEqual([['BASELINE', 1], ['PREVIOUS', undefined], ['CURRENT', 3]])
  const period = { model: model.id, slot: 'CURRENT' as const, version: versions[1]!.id, from: '2022-01-02T00:00:00Z', to: '2022-01-03T00:00:00Z' }
  const past = lanesOf(model, [{ ...period, model: 'tst:BTCUSDT', version: 'tst:BTCUSDT:9' }, period])
  expect(numbers(past)).toEqual([['BASELINE', undefined], ['PREVIOUS', undefined], ['CURRENT', 2]])
  expect(past[2]!.period).toEqual(period)
})
