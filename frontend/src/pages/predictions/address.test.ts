import { expect, it } from 'vitest'
import { choiceOf, writeChoice } from './address'
import type { Choice } from './PredictionFilter'

const DAY: Choice = { version: undefined, from: 1_640_995_200, to: 1_641_081_600, asOf: undefined }

it('uses the defaults without parameters', () => {
  expect(choiceOf(new URLSearchParams('symbol=BTCUSDT'), DAY)).toEqual({ choice: DAY, pages: [null] })
})

it('reads back a written selection with its page and keeps other parameters', () => {
  const choice = { version: 'lightgbm:BTCUSDT:3', from: 1_641_000_000, to: 1_641_003_600, asOf: 1_641_002_000 }
  const written = writeChoice(new URLSearchParams('symbol=BTCUSDT'), choice, [null, 'a', 'b'])
  expect(written.get('symbol')).toBe('BTCUSDT')
  expect(choiceOf(new URLSearchParams(written.toString()), DAY)).toEqual({ choice, pages: [null, 'a', 'b'] })
})

it('ignores invalid times', () => {
  expect(choiceOf(new URLSearchParams('from=yesterday&asOf='), DAY).choice).toEqual(DAY)
})
