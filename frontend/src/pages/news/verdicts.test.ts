import { expect, it } from 'vitest'
import type { Signal, Slot } from '../../api/generated/graphql'
import type { Article } from './articles'
import { judge, reactionDue, seenLate } from './verdicts'

const score = (version: string, slot: Slot | null, signal: Signal) => ({
  version,
  slot,
  reading: 0,
  signal,
  sell: 0.2,
  hold: 0.2,
  buy: 0.6,
  origin: 'LIVE' as const,
  scoredAt: '',
})
const article = {
  publishedAt: '2022-01-31T12:00:00Z',
  firstSeenAt: '2022-01-31T12:01:00Z',
  scores: [
    score('trl:BTCUSDT:1', 'BASELINE', 'SELL'),
    score('trl:BTCUSDT:4', null, 'BUY'),
    score('trl:BTCUSDT:2', null, 'HOLD'),
    score('trl:ETHUSDT:1', 'BASELINE', 'HOLD'),
  ],
  reactions: [{ symbol: 'BTCUSDT', percent: 1.2, signal: 'BUY', measuredAt: '' }],
} as unknown as Article

const slots = {
  symbol: 'BTCUSDT',
  byVersion: new Map<string, Slot>([
    ['trl:BTCUSDT:4', 'CURRENT'],
    ['trl:BTCUSDT:1', 'BASELINE'],
  ]),
}

it('judges live versions by the reaction, current first', () => {
  const [judged] = judge(article, ['BTCUSDT'], slots)
  expect(judged!.verdicts.map(({ slot, right }) => [slot, right])).toEqual([
    ['CURRENT', true],
    ['BASELINE', false],
  ])
})

it('gives no verdict before the reaction is measured', () => {
  const [judged] = judge(article, ['ETHUSDT'], slots)
  expect(judged!.reaction).toBeUndefined()
  expect(judged!.verdicts.map(({ slot, right }) => [slot, right])).toEqual([['BASELINE', undefined]])
})

it('a reaction is due twelve hours after publication', () => {
  expect(reactionDue('2022-01-31T12:34:00Z', 720)).toBe(1_643_632_440 + 43_200)
})

it('marks an article first seen long after its publication', () => {
  expect(seenLate(article)).toBeUndefined()
  expect(seenLate({ ...article, firstSeenAt: '2022-01-31T13:35:00Z' })).toBe(5_700)
})
