import { expect, test } from 'vitest'
import { type Line, nearest, pathOf, rangeOf } from './lines'

const line: Line = {
  name: 'a',
  colour: 0,
  points: [
    { x: 0, y: 1 },
    { x: 1, y: 3 },
    { x: 2, y: undefined },
    { x: 5, y: 2 },
  ],
}

test('the range leaves room above and below', () => {
  expect(rangeOf([line])).toEqual({ x: [0, 5], y: [1 - 0.16, 3 + 0.16] })
  expect(rangeOf([{ ...line, points: [] }])).toBeUndefined()
})

test('a missing value interrupts the line', () => {
  const path = pathOf(line, { x: [0, 5], y: [0, 4] })
  expect(path.match(/L/g)).toHaveLength(1)
  expect(path).toContain('M0.00 75.00L20.00 25.00')
})

test('a gap interrupts the line', () => {
  const gappy: Line = { ...line, points: [{ x: 0, y: 1 }, { x: 4, y: 1 }] }
  expect(pathOf(gappy, { x: [0, 5], y: [0, 4] }, 2)).not.toContain('L')
  expect(pathOf(gappy, { x: [0, 5], y: [0, 4] })).toContain('L')
})

test('the nearest point is read', () => {
  expect(nearest(line, 4)).toEqual({ x: 5, y: 2 })
})
