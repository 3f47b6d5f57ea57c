import { expect, test } from 'vitest'
import { opinions } from './opinions'

const prediction = { signal: 'BUY', sell: 0.2, hold: 0.3, buy: 0.5, origin: 'LIVE', inSample: false, outcome: 'BUY' } as const

test('the newest version of each family comes first', () => {
  const versions = ['tst:BTCUSDT:1', 'lightgbm:BTCUSDT:2', 'lightgbm:BTCUSDT:10']
  expect(opinions(versions.map((version) => ({ ...prediction, version }))).map(({ version }) => version)).toEqual([
    'lightgbm:BTCUSDT:10',
    'lightgbm:BTCUSDT:2',
    'tst:BTCUSDT:1',
  ])
})

test('an opinion is right, wrong or not yet known', () => {
  const version = 'lightgbm:BTCUSDT:1'
  expect(opinions([{ ...prediction, version }])[0]).toMatchObject({ confidence: 0.5, right: true, note: '' })
  expect(opinions([{ ...prediction, version, outcome: 'SELL', origin: 'LATE' }])[0]).toMatchObject({ right: false, note: 'late' })
  expect(opinions([{ ...prediction, version, outcome: null, inSample: true }])[0]).toMatchObject({ right: undefined, note: 'in sample' })
})
