import { expect, it } from 'vitest'
import { fromInput, toInput } from '../../lib/localTime'
import { cursorOf, FIRST, turnBack, turnOn } from './paging'

it('the first page has no cursor', () => {
  expect(cursorOf(FIRST)).toBeNull()
})

it('moves forward and back by cursors', () => {
  const second = turnOn(FIRST, 'a')
  const third = turnOn(second, 'b')
  expect(cursorOf(third)).toBe('b')
  expect(cursorOf(turnBack(third))).toBe('a')
  expect(cursorOf(turnBack(turnBack(third)))).toBeNull()
})

it('does not move before the first page or after the last', () => {
  expect(turnBack(FIRST)).toBe(FIRST)
  expect(turnOn(FIRST, null)).toBe(FIRST)
})

it('formats input values in UTC', () => {
  expect(toInput(1_643_632_440)).toBe('2022-01-31T12:34')
  expect(fromInput('2022-01-31T12:34')).toBe(1_643_632_440)
  expect(fromInput('')).toBeUndefined()
})
