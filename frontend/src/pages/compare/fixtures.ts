import type { EstimateFactsFragment } from '../../api/generated/graphql'
import type { Comparison } from './verdict'

export const estimate = (value: number, low: number, high: number): EstimateFactsFragment => ({
  value,
  low,
  high,
  beyondChance: low > 0 || high < 0,
})

const side = (version: string): Comparison['first'] => ({
  version,
  kind: 'LIVE',
  from: '2022-02-01T00:00:00Z',
  to: '2022-02-08T00:00:00Z',
  predictions: 10_080,
  scores: { rows: 10_079, accuracy: 0.42, macroF1: 0.4, logLoss: 1.05, brier: 0.63, calibrationError: 0.02 },
  accuracy: estimate(0.42, 0.41, 0.43),
  profitBeforeFees: 0.05,
  profitAfterFees: estimate(-0.4, -0.5, -0.3),
  trades: 900,
  baselines: {
    majorityAccuracy: 0.39,
    majorityMacroF1: 0.19,
    previousSignAccuracy: 0.31,
    previousSignMacroF1: 0.3,
    constantLogLoss: 1.09,
    constantBrier: 0.66,
    previousSignProfit: -0.9,
    buyAndHoldProfit: 0.03,
  },
})

/** A comparison of two versions of which the first is better in all respects. */
export const comparison = (changes: Partial<Comparison>): Comparison => ({
  first: side('lightgbm:BTCUSDT:3'),
  other: side('lightgbm:BTCUSDT:2'),
  feeRate: 0.001,
  agreement: {
    signals: [
      [2_000, 300, 200],
      [400, 4_000, 500],
      [100, 579, 2_000],
    ],
    same: 8_000,
    bothRight: 3_500,
    onlyFirst: 700,
    onlyOther: 500,
    bothWrong: 5_379,
  },
  scores: {
    accuracy: estimate(0.02, 0.01, 0.03),
    logLoss: estimate(-0.02, -0.03, -0.01),
    brier: estimate(-0.01, -0.02, -0.005),
    tests: { mcNemarExact: false, mcNemar: 0.0001, dieboldMariano: 0.002, lag: 11 },
  },
  profit: estimate(0.1, 0.02, 0.2),
  bootstrap: { meanBlock: 101, resamples: 1_000, confidence: 0.95 },
  ...changes,
})
