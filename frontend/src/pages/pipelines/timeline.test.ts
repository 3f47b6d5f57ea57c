import { expect, it } from 'vitest'
import { at, backfill, cycle, run, version } from './fixtures'
import { ticksOf, timelineOf } from './timeline'

const NOW = Date.parse(at(100))

it('separates queued from running time', () => {
  const ended = run('lightgbm', 1, 'SUCCEEDED', { wall: { requested: at(5), begun: at(15), ended: at(45) } })
  const { rows } = timelineOf(cycle({ runs: [ended, run('tst', 1, 'WAITING')] }), [], NOW)
  expect(rows.map((row) => [row.label, row.words])).toEqual([
    ['Dataset', '5 s'],
    ['LightGBM', 'queued 10 s, ran 30 s'],
    ['Time series transformer', 'queued 1 min 35 s'],
  ])
  expect(rows[2]!.begun).toBeUndefined()
})

it('ends with the backfill of each version', () => {
  const ended = run('lightgbm', 1, 'SUCCEEDED', { version: 'lightgbm:BTCUSDT:3' })
  const wall = { requested: at(50), begun: at(51), ended: at(70) }
  const complete = version('LIVE', { backfill: backfill({ state: 'COMPLETE', wall }) })
  const rows = timelineOf(cycle({ runs: [ended] }), [complete], NOW).rows
  expect(rows[2]).toMatchObject({ label: 'LightGBM, backfill of version 3', state: 'done', words: 'lane joined, took 20 s', to: Date.parse(at(70)) })
  const later = version('LIVE', { backfill: backfill({ reason: 'its lane missed 3 bars', wall }) })
  expect(timelineOf(cycle({ runs: [ended] }), [later], NOW).rows).toHaveLength(2)
})

it('lasts until now while the cycle runs, and until its end afterwards', () => {
  expect(timelineOf(cycle(), [], NOW).to).toBe(NOW)
  expect(timelineOf(cycle({ state: 'SUCCEEDED', wall: { requested: at(0), begun: at(5), ended: at(60) } }), [], NOW).to).toBe(Date.parse(at(60)))
})

it('is never shorter than nothing when this browser’s clock is behind', () => {
  const behind = timelineOf(cycle({ runs: [run('tst', 1, 'WAITING')] }), [], Date.parse(at(-30)))
  expect(behind.to).toBeGreaterThan(behind.from)
  expect(behind.rows.every((row) => row.to >= row.from)).toBe(true)
})

it('has round ticks, at most six', () => {
  expect(ticksOf(4_000)).toEqual([0, 1_000, 2_000, 3_000, 4_000])
  expect(ticksOf(151_000)).toEqual([0, 30_000, 60_000, 90_000, 120_000, 150_000])
  expect(ticksOf(5 * 3_600_000).length).toBeLessThanOrEqual(6)
})
