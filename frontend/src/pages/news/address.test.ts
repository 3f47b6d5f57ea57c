import { expect, it } from 'vitest'
import { choiceOf, writeChoice } from './address'

it('what is written is read again, and the article that is read stays', () => {
  const choice = { symbol: undefined, source: 'Decrypt', text: 'hash rate', from: 1_640_995_200, to: undefined, repetitions: true }
  const written = writeChoice(new URLSearchParams('article=article:1'), choice)
  expect(written.get('article')).toBe('article:1')
  expect(choiceOf(new URLSearchParams(written.toString()), 'BTCUSDT')).toEqual(choice)
})

it('an address that names nothing asks for all about its market', () => {
  expect(choiceOf(new URLSearchParams(), 'BTCUSDT')).toEqual({
    symbol: 'BTCUSDT',
    source: undefined,
    text: undefined,
    from: undefined,
    to: undefined,
    repetitions: false,
  })
})
