import { expect, it } from 'vitest'
import { alongGrid, toMoods } from './sentiment'

const columns = { time: [60, 180], sentiment: [0.5, -0.25] }

it('sentiment holds until the next point and is absent before the first', () => {
  const mood = { version: 'trl:BTCUSDT:1', slot: 'BASELINE' as const, time: [60, 180], value: [0.5, -0.25] }
  const cells = [0, 60, 120, 180, 240, 900].map((time) => ({ time }))
  expect(alongGrid(mood, cells)).toEqual([undefined, 0.5, 0.5, -0.25, -0.25, -0.25])
  expect(alongGrid(mood, cells.slice(4))).toEqual([-0.25, -0.25])
})

it('sentiment is shown for versions that hold a slot, current first', () => {
  const moods = toMoods([
    { ...columns, version: 'trl:BTCUSDT:1', slot: 'BASELINE' },
    { ...columns, version: 'trl:BTCUSDT:2', slot: null },
    { ...columns, version: 'trl:BTCUSDT:3', slot: 'CURRENT' },
  ])
  expect(moods.map(({ version }) => version)).toEqual(['trl:BTCUSDT:3', 'trl:BTCUSDT:1'])
})
