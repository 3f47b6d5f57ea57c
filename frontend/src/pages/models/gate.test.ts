import { expect, it } from 'vitest'
import { version } from './fixtures'
import { gateOf, type Policy } from './gate'

const GATED: Policy = { mode: 'GATED', constantMargin: 0.02, championMargin: 0.005 }
const comparison = (lowerBound: number) => ({
  champion: 'lightgbm:BTCUSDT:3',
  rows: 8_640,
  meanDifference: 0.0132,
  lowerBound,
  pValue: 0.004,
  from: '2022-01-01T00:00:00Z',
  to: '2022-01-30T00:00:00Z',
})
const results = (evaluation: object, policy: Policy | undefined = GATED) => gateOf(version(4, evaluation), policy).map(({ passed }) => passed)

it('passes a sound version that is not certainly worse than the current one', () => {
  expect(results({ comparison: comparison(0.005) })).toEqual([true, true, true])
})

it('fails a degenerate version, one worse than a constant guess, and one certainly worse than the current one', () => {
  expect(results({ degenerate: 'HOLD', logLoss: 1.2, comparison: comparison(0.0051) })).toEqual([false, false, false])
})

it('allows the margin above the log loss of a constant guess', () => {
  expect(results({ logLoss: 1.1, constantLogLoss: 1.08 })[1]).toBe(true)
  expect(results({ logLoss: 1.1001, constantLogLoss: 1.08 })[1]).toBe(false)
})

it('has no result without a comparison, and none without a policy that tests', () => {
  expect(results({ comparison: null })).toEqual([true, true, undefined])
  expect(results({ comparison: comparison(1) }, { ...GATED, mode: 'ALWAYS' })).toEqual([undefined, undefined, undefined])
  expect(gateOf(version(4, { comparison: comparison(1) }), undefined).map(({ limit }) => limit)).toEqual([undefined, undefined, undefined])
})

it('names the version compared with, the rows and the limit', () => {
  const test = gateOf(version(4, { comparison: comparison(0.0081) }), GATED)[2]!
  expect(test.name).toBe('Log loss against version 3, current then')
  expect(test.measured).toBe('+0.0132, at least +0.0081 at 95 % confidence')
  expect(test.detail).toContain('8,640 rows held out from both, 01 Jan 2022 to 30 Jan 2022')
  expect(test.limit).toBe('lower bound at most +0.0050')
})
