import { expect, it } from 'vitest'
import { routeOf } from './route'

const route = (path: string, search = '') => routeOf(path, new URLSearchParams(search))

it('parses the market of a market page, escaped or not', () => {
  expect(route('/market/BTCUSDT')).toEqual({ page: 'market', symbol: 'BTCUSDT' })
  expect(route('/market/%E5%B8%81USDT/')).toEqual({ page: 'market', symbol: '币USDT' })
  expect(route('/market/100%')).toEqual({ page: 'market', symbol: '100%' })
})

it('takes the market of other pages from the query', () => {
  expect(route('/news', 'symbol=ETHUSDT')).toEqual({ page: 'news', symbol: 'ETHUSDT' })
  expect(route('/models')).toEqual({ page: 'models', symbol: undefined })
})

it('returns an unknown page for other addresses', () => {
  for (const path of ['/nowhere', '/models/3', '/market/a/b', '/newsletter']) expect(route(path).page).toBe('unknown')
})
