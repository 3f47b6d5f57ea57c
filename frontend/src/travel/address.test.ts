import { expect, test } from 'vitest'
import { momentOf, withMoment } from './address'

test('reads a moment, and none from an address without one', () => {
  expect(momentOf(new URLSearchParams('asOf=2022-02-01T00:00:00Z'))).toBe(1_643_673_600)
  expect(momentOf(new URLSearchParams('asOf=yesterday'))).toBeUndefined()
  expect(momentOf(new URLSearchParams(''))).toBeUndefined()
})

test('links keep the moment', () => {
  expect(withMoment('/models?symbol=BTCUSDT', '2022-02-01T00:00:00Z')).toBe('/models?symbol=BTCUSDT&asOf=2022-02-01T00%3A00%3A00Z')
  expect(withMoment('/', '2022-02-01T00:00:00Z')).toBe('/?asOf=2022-02-01T00%3A00%3A00Z')
})

test('a link with a moment of its own, one to elsewhere, and every link of now stay as they are', () => {
  expect(withMoment('/models?asOf=2022-03-01', '2022-02-01T00:00:00Z')).toBe('/models?asOf=2022-03-01')
  expect(withMoment('https://example.com/', '2022-02-01T00:00:00Z')).toBe('https://example.com/')
  expect(withMoment('/models', null)).toBe('/models')
})
