import { expect, it } from 'vitest'
import { placeOf } from './place'

const place = (path: string, search = '') => placeOf(path, new URLSearchParams(search))

it('names the market of a market page, escaped or not', () => {
  expect(place('/market/BTCUSDT')).toEqual({ page: 'market', symbol: 'BTCUSDT' })
  expect(place('/market/%E5%B8%81USDT/')).toEqual({ page: 'market', symbol: '币USDT' })
  expect(place('/market/100%')).toEqual({ page: 'market', symbol: '100%' })
})

it('takes the market of other pages from what is searched for', () => {
  expect(place('/news', 'symbol=ETHUSDT')).toEqual({ page: 'news', symbol: 'ETHUSDT' })
  expect(place('/models')).toEqual({ page: 'models', symbol: undefined })
})

it('knows what it does not know', () => {
  for (const path of ['/nowhere', '/models/3', '/market/a/b', '/newsletter']) expect(place(path).page).toBe('unknown')
})
