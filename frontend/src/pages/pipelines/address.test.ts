import { expect, it } from 'vitest'
import { choiceOf, writeChoice } from './address'

it('reads back a written selection and keeps other parameters', () => {
  const choice = { after: ['a', 'b'], cycle: 7, run: 'BTCUSDT/7/lightgbm/1', metric: 'loss' }
  const written = writeChoice(new URLSearchParams('symbol=BTCUSDT'), choice)
  expect(written.get('symbol')).toBe('BTCUSDT')
  expect(choiceOf(new URLSearchParams(written.toString()))).toEqual(choice)
})

it('ignores a cycle that is no number', () => {
  expect(choiceOf(new URLSearchParams('cycle=last')).cycle).toBeUndefined()
  expect(choiceOf(new URLSearchParams()).cycle).toBeUndefined()
})
