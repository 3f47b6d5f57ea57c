import { describe, expect, it } from 'vitest'
import { decisionsOf, type Model, type Version } from './decisions'
import { version } from './fixtures'

const of = (number: number, facts: Partial<Version>): Version => ({ ...version(number), ...facts })
const baseline = of(1, { slot: 'BASELINE' })
const previous = of(2, { slot: 'PREVIOUS' })
const current = of(3, { slot: 'CURRENT' })
const declined = of(4, { state: 'DECLINED' })
const archived = of(5, { state: 'ARCHIVED' })
const pin = { version: current.id, by: 'anna', reason: 'earnings week', at: '2022-01-31T00:00:00Z' }

const model = (versions: Version[], facts: Partial<Model> = {}): Model => ({
  id: 'lightgbm:BTCUSDT',
  family: 'LIGHTGBM',
  symbol: 'BTCUSDT',
  pin: null,
  versions,
  ...facts,
})
const all = [archived, declined, current, previous, baseline]
const labels = (v: Version, m = model(all)) => decisionsOf(m, v).map(({ label }) => label)
const decision = (v: Version, kind: string, m = model(all)) => decisionsOf(m, v).find((d) => d.kind === kind)!

it('offers what makes sense in each state', () => {
  expect(labels(current)).toEqual(['Roll back', 'Pin', 'Archive'])
  expect(labels(previous)).toEqual(['Archive'])
  expect(labels(baseline)).toEqual([])
  expect(labels(declined)).toEqual(['Promote', 'Archive'])
  expect(labels(archived)).toEqual(['Promote again'])
  expect(labels(of(6, { state: 'PURGED' }))).toEqual([])
  expect(labels(of(6, { state: 'PROMOTING' }))).toEqual([])
  expect(labels(current, model(all, { pin }))).toEqual(['Roll back', 'Unpin', 'Archive'])
})

it('describes how the slots change', () => {
  expect(decision(declined, 'promote').effects.at(-1)).toBe(
    'Then the slots change in one step: version 4 becomes v3, current, version 3 becomes v2, previous, version 2 is archived.',
  )
  expect(decision(current, 'rollBack').effects[0]).toBe('Version 2 becomes v3, current, and version 3 becomes v2, previous.')
  expect(decision(current, 'archive').effects[0]).toContain('version 2 moves up to v3')
})

describe('a decision is hindered', () => {
  it('by a pin', () => {
    const pinned = model(all, { pin })
    for (const [v, kind] of [[declined, 'promote'], [current, 'rollBack'], [current, 'archive']] as const) {
      expect(decision(v, kind, pinned).hindrance).toBe('The model is pinned at version 3. Unpin it first.')
    }
    expect(decision(current, 'unpin', pinned).hindrance).toBeUndefined()
  })

  it('by a promotion under way', () => {
    const promoting = model([of(7, { state: 'PROMOTING' }), ...all])
    for (const [v, kind] of [[declined, 'promote'], [current, 'rollBack'], [current, 'pin'], [previous, 'archive']] as const) {
      expect(decision(v, kind, promoting).hindrance).toContain('Version 7 is being promoted')
    }
  })

  it('without a previous version to roll back to', () => {
    expect(decision(current, 'rollBack', model([current, baseline])).hindrance).toContain('no previous version')
  })
})
