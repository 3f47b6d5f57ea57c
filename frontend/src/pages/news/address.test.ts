import { expect, it } from 'vitest'
import { choiceOf, writeChoice } from './address'

it('reads back a written selection and keeps the open article', () => {
  const choice = { symbol: undefined, source: 'Decrypt', text: 'hash rate', from: 1_640_995_200, to: undefined, repetitions: true }
  const written = writeChoice(new URLSearchParams('article=article:1'), choice)
  expect(written.get('article')).toBe('article:1')
  expect(choiceOf(new URLSearchParams(written.toString()), 'BTCUSDT')).toEqual(choice)
})

it('selects all articles of the market by default', () => {
  expect(choiceOf(new URLSearchParams(), 'BTCUSDT')).toEqual({
    symbol: 'BTCUSDT',
    source: undefined,
    text: undefined,
    from: undefined,
    to: undefined,
    repetitions: false,
  })
})
