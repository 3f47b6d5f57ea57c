import { expect, test } from 'vitest'
import { comparison, estimate } from './fixtures'
import { againstBaselines, findings, formatP, sideNames } from './verdict'

test('says that there is no difference beyond chance', () => {
  const [right, loss] = findings(comparison({ scores: { accuracy: estimate(0.01, -0.02, 0.04), logLoss: estimate(0.002, -0.01, 0.014), brier: estimate(0, -1, 1), tests: { mcNemarExact: false, mcNemar: 0.41, dieboldMariano: 0.6, lag: 9 } } }))
  expect(right?.text).toContain('no difference beyond chance')
  expect(right?.text).toContain('McNemar p = 0.41')
  expect(loss?.beyond).toBe(false)
})

test('names the better side', () => {
  const [right, loss, profit] = findings(comparison({ profit: estimate(-0.2, -0.3, -0.1) }))
  expect(right?.text).toMatch(/^LightGBM 3 is right more often/)
  expect(loss?.text).toMatch(/^LightGBM 3 has the lower log loss/)
  expect(profit?.text).toMatch(/^LightGBM 2 earned more/)
})

test('an interval alone is not enough when the test finds nothing', () => {
  const [right] = findings(comparison({ scores: { accuracy: estimate(0.02, 0.001, 0.04), logLoss: estimate(0, -1, 1), brier: estimate(0, -1, 1), tests: { mcNemarExact: true, mcNemar: 0.08, dieboldMariano: 1, lag: 0 } } }))
  expect(right?.beyond).toBe(false)
})

test('two periods of one version are named by their starts', () => {
  const two = comparison({})
  expect(sideNames({ first: two.first, other: { ...two.first, from: '2022-03-01T00:00:00Z' } })).toEqual(['from 01 Feb 2022', 'from 01 Mar 2022'])
})

test('a p-value is never zero', () => {
  expect(formatP(0)).toBe('p < 0.001')
  expect(formatP(0.0412)).toBe('p = 0.041')
})

test('a side is compared with its baselines', () => {
  expect(againstBaselines('LightGBM 3', comparison({}).first)).toContain('above always predicting the most frequent outcome (39.0 %)')
})
