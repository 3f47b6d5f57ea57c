import { expect, it } from 'vitest'
import { fromInput, toInput } from '../../lib/localTime'
import { cursorOf, FIRST, turnBack, turnOn } from './paging'

it('the first page begins at no cursor', () => {
  expect(cursorOf(FIRST)).toBeNull()
})

it('turning on begins after the page, and turning back where it began', () => {
  const second = turnOn(FIRST, 'a')
  const third = turnOn(second, 'b')
  expect(cursorOf(third)).toBe('b')
  expect(cursorOf(turnBack(third))).toBe('a')
  expect(cursorOf(turnBack(turnBack(third)))).toBeNull()
})

it('there is nothing before the first page and after the last', () => {
  expect(turnBack(FIRST)).toBe(FIRST)
  expect(turnOn(FIRST, null)).toBe(FIRST)
})

it('inputs hold UTC', () => {
  expect(toInput(1_643_632_440)).toBe('2022-01-31T12:34')
  expect(fromInput('2022-01-31T12:34')).toBe(1_643_632_440)
  expect(fromInput('')).toBeUndefined()
})
