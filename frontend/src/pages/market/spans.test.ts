import { expect, it } from 'vitest'
import { commonSpan, isCommon, spanOf, type VersionPerformance } from './spans'

const judged = (judgedFrom: string | null, judgedTo: string | null) => ({ judgedFrom, judgedTo }) as VersionPerformance
const young = judged('2022-03-28T00:00:00Z', '2022-03-30T23:58:00Z')
const old = judged('2022-03-13T00:00:00Z', '2022-03-30T23:59:00Z')
const none = judged(null, null)
const seconds = (iso: string) => Date.parse(iso) / 1000

it('ends a span with its last bar', () => {
  expect(spanOf(young)).toEqual({ from: seconds('2022-03-28T00:00:00Z'), to: seconds('2022-03-30T23:59:00Z') })
  expect(spanOf(none)).toBeUndefined()
})

it('compares versions from the latest start to the earliest end', () => {
  expect(commonSpan([young, old, none])).toEqual(spanOf(young))
})

it('has no common span without an overlap', () => {
  expect(commonSpan([judged('2022-01-01T00:00:00Z', '2022-01-02T00:00:00Z'), young])).toBeUndefined()
  expect(commonSpan([none])).toBeUndefined()
})

it('recognizes a period that is common to all versions', () => {
  const month = { from: seconds('2022-03-01T00:00:00Z'), to: seconds('2022-03-31T00:00:00Z') }
  expect(isCommon([young, old], month)).toBe(false)
  expect(isCommon([young, old, none], { ...month, from: seconds('2022-03-28T00:00:00Z') })).toBe(true)
})
