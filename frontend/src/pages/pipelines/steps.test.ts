import { describe, expect, it } from 'vitest'
import { at, backfill, cycle, run, version } from './fixtures'
import { type CycleVersion, graphOf } from './steps'

const NOW = Date.parse(at(65))
const done = run('lightgbm', 2, 'SUCCEEDED', { version: 'lightgbm:BTCUSDT:3', wall: { requested: at(5), begun: at(7), ended: at(48) } })
const states = (versions: readonly CycleVersion[], runs = [done]) =>
  graphOf(cycle({ runs }), versions, NOW).families[0]!.steps.map((step) => `${step.title} ${step.state}`)

it('slices the dataset first', () => {
  const slicing = graphOf(cycle({ dataset: null, wall: { requested: at(0), begun: null, ended: null } }), [], NOW)
  expect(slicing.dataset).toMatchObject({ state: 'running', detail: '1 min 5 s' })
  expect(slicing.families).toEqual([])
  expect(graphOf(cycle(), [], NOW).dataset).toMatchObject({ state: 'done', detail: '40,000 rows, 5 s' })
})

it('shows why a cycle has no dataset', () => {
  const failed = graphOf(cycle({ dataset: null, state: 'FAILED', note: 'S3 does not answer' }), [], NOW)
  expect(failed.dataset).toMatchObject({ state: 'failed', reason: 'S3 does not answer' })
})

it('shows each attempt of a family with its duration and reason', () => {
  const failed = run('lightgbm', 1, 'FAILED', { reason: 'out of memory', wall: { requested: at(5), begun: at(6), ended: at(26) } })
  const [first, second] = graphOf(cycle({ runs: [done, failed] }), [], NOW).families[0]!.steps
  expect(first).toMatchObject({ title: 'Run', state: 'failed', detail: '20 s', reason: 'out of memory' })
  expect(second).toMatchObject({ title: 'Run, attempt 2', state: 'done', detail: '41 s' })
})

it('counts the time of waiting and running', () => {
  const runs = [run('lightgbm', 1, 'WAITING'), run('tst', 1, 'RUNNING', { wall: { requested: at(5), begun: at(35), ended: null } })]
  const { families } = graphOf(cycle({ runs }), [], NOW)
  expect(families[0]!.steps[0]!.detail).toBe('queued 1 min')
  expect(families[1]!.steps[0]!.detail).toBe('30 s')
})

describe('the steps after a run', () => {
  it('are not reached if it failed', () => {
    expect(states([], [run('lightgbm', 1, 'FAILED')])).toEqual(['Run failed', 'Parity skipped', 'Register skipped', 'Lane skipped', 'Backfill skipped', 'Slots skipped'])
  })

  it('wait for it', () => {
    expect(states([], [run('lightgbm', 1, 'RUNNING')])).toEqual(['Run running', 'Parity waiting', 'Register waiting', 'Lane waiting', 'Backfill waiting', 'Slots waiting'])
  })

  const after = (v: CycleVersion) => states([v]).slice(3)

  it('follow the promotion', () => {
    expect(after(version('REGISTERED'))).toEqual(['Lane waiting', 'Backfill waiting', 'Slots waiting'])
    expect(after(version('PROMOTING'))).toEqual(['Lane running', 'Backfill waiting', 'Slots waiting'])
    expect(after(version('PROMOTING', { backfill: backfill() }))).toEqual(['Lane done', 'Backfill running', 'Slots waiting'])
    expect(after(version('PROMOTING', { backfill: backfill({ state: 'COMPLETE' }) }))).toEqual(['Lane done', 'Backfill done', 'Slots running'])
    expect(after(version('LIVE', { slot: 'CURRENT', backfill: backfill({ state: 'COMPLETE' }) }))).toEqual(['Lane done', 'Backfill done', 'Slots done'])
  })

  it('are not taken if the promotion policy declined the version', () => {
    expect(after(version('DECLINED', { reason: 'it is degenerate' }))).toEqual(['Lane skipped', 'Backfill skipped', 'Slots skipped'])
    const steps = graphOf(cycle({ runs: [done] }), [version('DECLINED', { reason: 'it is degenerate' })], NOW).families[0]!.steps
    expect(steps.find((step) => step.key === 'lane')).toMatchObject({ detail: 'declined', reason: 'it is degenerate' })
    expect(steps.find((step) => step.key === 'parity')!.state).toBe('done')
  })

  it('are a comparison if the cycle repeats a run', () => {
    const compared = (reproduced: boolean | null, state: 'RUNNING' | 'SUCCEEDED' = 'SUCCEEDED') =>
      graphOf(cycle({ repeats: 'BTCUSDT/1/lightgbm/1', runs: [run('lightgbm', 1, state, { reproduced })] }), [], NOW)
        .families[0]!.steps.map((step) => `${step.title} ${step.state}`)
    expect(compared(true)).toEqual(['Run done', 'Parity done', 'Compare done'])
    expect(compared(false)).toEqual(['Run done', 'Parity done', 'Compare failed'])
    expect(compared(null, 'RUNNING')).toEqual(['Run running', 'Parity waiting', 'Compare waiting'])
  })

  it('end where a promotion was abandoned', () => {
    expect(after(version('ABANDONED', { reason: 'no artifact' }))).toEqual(['Lane failed', 'Backfill skipped', 'Slots skipped'])
    expect(after(version('ABANDONED', { backfill: backfill({ state: 'GIVEN_UP' }) }))).toEqual(['Lane done', 'Backfill failed', 'Slots skipped'])
  })

  it('show the progress of the backfill', () => {
    const steps = graphOf(cycle({ runs: [done] }), [version('PROMOTING', { backfill: backfill() })], NOW).families[0]!.steps
    expect(steps.find((step) => step.key === 'backfill')!.detail).toBe('12 of 31 days')
  })
})
