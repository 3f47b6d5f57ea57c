import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { Client } from 'urql'
import { makeSubject, type Source } from 'wonka'
import { type LiveBatch, LiveFeed } from './LiveFeed'

type Result = { data?: unknown; error?: unknown; hasNext?: boolean }

/** A client whose subscriptions are fed by the test, by operation name. */
function scripted() {
  const open = new Map<string, (result: Result) => void>()
  const opened: string[] = []
  const client = {
    subscription(document: { definitions: { name: { value: string } }[] }): Source<Result> {
      const name = document.definitions[0]!.name.value
      const subject = makeSubject<Result>()
      opened.push(name)
      open.set(name, subject.next)
      return subject.source
    },
  }
  return { client: client as unknown as Client, send: (name: string, result: Result) => open.get(name)!(result), opened }
}

const candle = (openTime: string, close = '1') => ({
  data: { candleRecorded: { revision: 0, knownAt: openTime, candle: { openTime, close } } },
})
const predictions = (...list: [version: string, openTime: string, signal: string][]) => ({
  data: {
    predictionsRecorded: {
      predictions: list.map(([version, openTime, signal]) => ({ version, openTime, signal })),
    },
  },
})

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

it('collects quick events into one batch', () => {
  const { client, send } = scripted()
  const feed = new LiveFeed(client, 'BTCUSDT')
  const batches: LiveBatch[] = []
  feed.onBatch((batch) => batches.push(batch))
  feed.start()
  for (let i = 0; i < 20; i++) send('CandleRecorded', candle(`2022-01-01T00:${String(i).padStart(2, '0')}:00Z`))
  send('PredictionsRecorded', predictions(['m:1', '2022-01-01T00:19:00Z', 'BUY']))
  expect(batches).toHaveLength(0)
  vi.advanceTimersByTime(100)
  expect(batches).toHaveLength(1)
  expect(batches[0]!.candles).toHaveLength(20)
  expect(batches[0]!.predictions).toHaveLength(1)
})

it('does not take a repaired candle for the newest price', () => {
  const { client, send } = scripted()
  const feed = new LiveFeed(client, 'BTCUSDT')
  feed.start()
  send('CandleRecorded', candle('2022-01-01T00:10:00Z', '5'))
  send('CandleRecorded', candle('2022-01-01T00:03:00Z', '4'))
  vi.advanceTimersByTime(100)
  expect(feed.state().candle?.candle.close).toBe('5')
})

it('takes the signal of the latest bar as the live signal', () => {
  const { client, send } = scripted()
  const feed = new LiveFeed(client, 'BTCUSDT')
  feed.start()
  send('PredictionsRecorded', predictions(['m:1', '2022-01-01T00:02:00Z', 'BUY'], ['m:2', '2022-01-01T00:02:00Z', 'HOLD']))
  send('PredictionsRecorded', predictions(['m:1', '2022-01-01T00:01:00Z', 'SELL']))
  vi.advanceTimersByTime(100)
  expect([...feed.state().signals.values()].map((p) => p.signal)).toEqual(['BUY', 'HOLD'])
})

it('reports missed events when too many arrive at once', () => {
  const { client, send } = scripted()
  const feed = new LiveFeed(client, 'BTCUSDT')
  let missed = false
  feed.onBatch((batch) => (missed = batch.missed))
  feed.start()
  for (let i = 0; i < 5_001; i++) send('CandleRecorded', candle('2022-01-01T00:00:00Z'))
  vi.advanceTimersByTime(100)
  expect(missed).toBe(true)
  expect(feed.state().holes).toBe(1)
})

it('reopens a subscription that the server refused', () => {
  const { client, send, opened } = scripted()
  new LiveFeed(client, 'BTCUSDT').start()
  expect(opened).toHaveLength(3)
  send('CandleRecorded', { error: new Error('not open yet') })
  vi.advanceTimersByTime(600)
  expect(opened.filter((name) => name === 'CandleRecorded')).toHaveLength(2)
})

it('reports missed events once an interrupted stream is open again', () => {
  const { client, send, opened } = scripted()
  const feed = new LiveFeed(client, 'BTCUSDT')
  const batches: LiveBatch[] = []
  feed.onBatch((batch) => batches.push(batch))
  feed.start()
  send('PredictionsRecorded', { error: new Error('more than 256 updates behind (TOO_SLOW)') })
  vi.advanceTimersByTime(600)
  expect(opened.filter((name) => name === 'PredictionsRecorded')).toHaveLength(2)
  expect(batches).toHaveLength(0)
  vi.advanceTimersByTime(1_100)
  expect(batches).toEqual([{ candles: [], predictions: [], missed: true }])
  expect(feed.state().holes).toBe(1)
})

it('reports a change of models when their stream was interrupted', () => {
  const { client, send } = scripted()
  const feed = new LiveFeed(client, 'BTCUSDT')
  feed.start()
  send('ModelsChanged', { error: new Error('gone') })
  vi.advanceTimersByTime(1_700)
  expect(feed.state().modelChanges).toBe(1)
})

it('opens nothing after a stop', () => {
  const { client, send, opened } = scripted()
  const stop = new LiveFeed(client, 'BTCUSDT').start()
  send('CandleRecorded', { error: new Error('gone') })
  stop()
  vi.advanceTimersByTime(60_000)
  expect(opened).toHaveLength(3)
})
