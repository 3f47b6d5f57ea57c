import { expect, test } from 'vitest'
import { type Choice, choiceOf, inputOf, writeChoice } from './address'

const DEFAULT: Choice = {
  version: 'lightgbm:BTCUSDT:3',
  other: 'lightgbm:BTCUSDT:2',
  from: 1_640_995_200,
  to: 1_641_600_000,
  otherFrom: undefined,
  kind: 'LIVE',
  otherKind: 'LIVE',
}

test('a choice survives the way through the address', () => {
  const choice: Choice = { ...DEFAULT, other: 'tst:BTCUSDT:1', kind: 'RECONCILED', otherKind: 'LIVE', otherFrom: 1_642_000_020 }
  expect(choiceOf(writeChoice(new URLSearchParams('symbol=BTCUSDT&after=x'), choice), DEFAULT)).toEqual(choice)
})

test('missing and unknown parts are those of the default', () => {
  expect(choiceOf(new URLSearchParams('kind=GUESSED&from=soon'), DEFAULT)).toEqual(DEFAULT)
})

test('a new choice goes back to the first page', () => {
  expect(writeChoice(new URLSearchParams('after=x'), DEFAULT).has('after')).toBe(false)
})

test('with a second period the version is compared with itself', () => {
  const input = inputOf({ ...DEFAULT, otherFrom: 1_642_000_020, otherKind: 'LANE' }, 0.001)
  expect(input.other).toBe(DEFAULT.version)
  expect(input.otherKind).toBe('LIVE')
})
