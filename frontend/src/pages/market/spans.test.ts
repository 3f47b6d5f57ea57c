import { expect, it } from 'vitest'
import { commonSpan, isCommon, spanOf, type VersionPerformance } from './spans'

const judged = (judgedFrom: string | null, judgedTo: string | null) => ({ judgedFrom, judgedTo }) as VersionPerformance
const young = judged('2022-03-28T00:00:00Z', '2022-03-30T23:58:00Z')
const old = judged('2022-03-13T00:00:00Z', '2022-03-30T23:59:00Z')
const none = judged(null, null)
const seconds = (iso: string) => Date.parse(iso) / 1000

it('a span reaches to the end of its last bar', () => {
  expect(spanOf(young)).toEqual({ from: seconds('2022-03-28T00:00:00Z'), to: seconds('2022-03-30T23:59:00Z') })
  expect(spanOf(none)).toBeUndefined()
})

it('versions compare from where the youngest begins to where the first ends', () => {
  expect(commonSpan([young, old, none])).toEqual(spanOf(young))
})

it('versions that never met have nothing in common', () => {
  expect(commonSpan([judged('2022-01-01T00:00:00Z', '2022-01-02T00:00:00Z'), young])).toBeUndefined()
  expect(commonSpan([none])).toBeUndefined()
})

it('a period in which all were judged from the begin needs no other', () => {
  const month = { from: seconds('2022-03-01T00:00:00Z'), to: seconds('2022-03-31T00:00:00Z') }
  expect(isCommon([young, old], month)).toBe(false)
  expect(isCommon([young, old, none], { ...month, from: seconds('2022-03-28T00:00:00Z') })).toBe(true)
})
