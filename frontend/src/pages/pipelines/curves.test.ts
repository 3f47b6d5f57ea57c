import { expect, it } from 'vitest'
import { bestStep, extent, groupCurves, pathOf, valueAt } from './curves'

const loss = { metric: 'validation-loss', steps: [10, 20, 30], values: [1, 0.5, 0.75] }

it('groups training and validation of a measure, the loss first', () => {
  const groups = groupCurves([loss, { ...loss, metric: 'validation-accuracy' }, { ...loss, metric: 'train-loss' }, { ...loss, metric: 'reward' }])
  expect(groups.map(({ measure, curves }) => [measure, curves.map(({ part }) => part)])).toEqual([
    ['loss', ['train', 'validation']],
    ['reward', ['reward']],
    ['accuracy', ['validation']],
  ])
})

it('leaves out metrics without a step', () => {
  expect(groupCurves([{ metric: 'train-loss', steps: [], values: [] }])).toEqual([])
})

it('finds the best step: the lowest loss, the highest accuracy', () => {
  expect(bestStep(loss, 'loss')).toBe(20)
  expect(bestStep(loss, 'accuracy')).toBe(10)
})

it('reads the value at a step or before it', () => {
  expect(valueAt(loss, 25)).toBe(0.5)
  expect(valueAt(loss, 5)).toBeUndefined()
})

it('draws curves over their common range, with gaps for values that are no numbers', () => {
  const [group] = groupCurves([loss])
  const range = extent(group!)
  expect(range.steps).toEqual([10, 30])
  expect(pathOf({ ...loss, values: [range.values[1], Number.NaN, range.values[0]] }, range)).toBe('M0.00 0.00M100.00 100.00')
})

it('gives one step and a flat curve some room', () => {
  const [group] = groupCurves([{ metric: 'train-loss', steps: [1], values: [0] }])
  expect(extent(group!)).toEqual({ steps: [1, 2], values: [-0.01, 0.01] })
})
