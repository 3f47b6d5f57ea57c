import { expect, it } from 'vitest'
import { purposeOf } from './purpose'

it('names the repeated run instead of the reason', () => {
  expect(purposeOf({ reason: 'scheduled', repeats: null })).toBe('scheduled')
  expect(purposeOf({ reason: 'requested', repeats: 'BTCUSDT/3/lightgbm/1' })).toBe('repeats LightGBM of cycle 3')
})
