import type { CycleFactsFragment } from '../../api/generated/graphql'
import type { CycleVersion } from './steps'

type Run = CycleFactsFragment['runs'][number]

/** A moment of wall time, in seconds after the request of the cycle. */
export const at = (seconds: number): string => new Date(Date.UTC(2026, 0, 31, 12) + seconds * 1000).toISOString()

export const run = (family: 'lightgbm' | 'tst', attempt: number, state: Run['state'], rest: Partial<Run> = {}): Run => ({
  id: `BTCUSDT/4/${family}/${attempt}`,
  family: family.toUpperCase() as Run['family'],
  attempt,
  state,
  startedAt: '2022-01-31T00:00:00Z',
  endedAt: null,
  reason: null,
  version: null,
  artifactDigest: null,
  reproduced: null,
  machine: null,
  wall: { requested: at(5), begun: null, ended: null },
  ...rest,
})

export const cycle = (rest: Partial<CycleFactsFragment> = {}): CycleFactsFragment => ({
  symbol: 'BTCUSDT',
  number: 4,
  reason: 'scheduled',
  state: 'RUNNING',
  repeats: null,
  note: null,
  requestedAt: '2022-01-31T00:00:00Z',
  endedAt: null,
  dataFrom: '2022-01-01T00:00:00Z',
  dataTo: '2022-01-30T23:59:00Z',
  dataset: { digest: 'ab', position: 'BTCUSDT@12', rows: 40_000, bars: 40_100, articles: 0, features: 'price-v1' },
  wall: { requested: at(0), begun: at(5), ended: null },
  runs: [],
  ...rest,
})

export const version = (state: CycleVersion['state'], rest: Partial<CycleVersion> = {}): CycleVersion => ({
  id: 'lightgbm:BTCUSDT:3',
  number: 3,
  state,
  slot: null,
  reason: null,
  backfill: null,
  ...rest,
})

export const backfill = (rest: Partial<NonNullable<CycleVersion['backfill']>> = {}): NonNullable<CycleVersion['backfill']> => ({
  state: 'RUNNING',
  reason: null,
  pendingAt: '2022-01-31T00:00:00Z',
  begunAt: '2022-01-31T00:01:00Z',
  from: '2022-01-01T00:00:00Z',
  to: '2022-01-31T00:00:00Z',
  days: 31,
  daysDone: 12,
  predictions: null,
  endedAt: null,
  wall: { requested: at(50), begun: at(51), ended: null },
  ...rest,
})
