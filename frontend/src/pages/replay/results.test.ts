import { expect, test } from 'vitest'
import { dayBefore, daysOf, startOfNext, wordsOf } from './results'

const none = { exact: 0, close: 0, nearTies: 0, different: 0, missing: 0, extra: 0 }

test('says what was found, leaving out what was not', () => {
  expect(wordsOf({ ...none, exact: 1400, close: 39, different: 1 })).toBe('1,439 the same, 1 different')
  expect(wordsOf({ ...none, nearTies: 1, missing: 2, extra: 3 })).toBe('1 near tie, 2 missing, 3 extra')
  expect(wordsOf(none)).toBe('no predictions')
})

test('names one day once', () => {
  const one = daysOf({ from: '2022-05-01T00:00:00Z', to: '2022-05-02T00:00:00Z' })
  expect(one).not.toContain(' to ')
  expect(daysOf({ from: '2022-05-01T00:00:00Z', to: '2022-05-08T00:00:00Z' })).toContain(`${one} to `)
})

test('days are UTC days', () => {
  expect(dayBefore('2022-05-01T00:30:00Z')).toBe('2022-04-30')
  expect(startOfNext('2022-05-01')).toBe('2022-05-02T00:00:00.000Z')
})
