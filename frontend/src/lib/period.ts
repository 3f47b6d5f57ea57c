import { formatDuration } from './format'

export const PERIODS = ['1h', '6h', '1d', '1w', '1M', '6M', 'all'] as const
export type Period = (typeof PERIODS)[number]

const HOUR = 3_600
const DAY = 86_400

const LENGTHS: Record<Exclude<Period, 'all'>, number> = {
  '1h': HOUR,
  '6h': 6 * HOUR,
  '1d': DAY,
  '1w': 7 * DAY,
  '1M': 30 * DAY,
  '6M': 182 * DAY,
}

const PERIOD_NAMES: Record<Exclude<Period, 'all'>, string> = {
  '1h': 'Last hour',
  '6h': 'Last 6 hours',
  '1d': 'Last day',
  '1w': 'Last week',
  '1M': 'Last 30 days',
  '6M': 'Last 182 days',
}

export const isPeriod = (text: unknown): text is Period => PERIODS.includes(text as Period)

/** Epoch seconds, from inclusive, to exclusive. */
export interface Span {
  from: number
  to: number
}

/** Returns the time span of a period on a market with bars from `first` to `last` (open times); it never begins before them. */
export function periodSpan(period: Period, first: number, last: number, interval = 60): Span {
  const to = last + interval
  if (period === 'all') return { from: first, to }
  return { from: Math.max(first, to - LENGTHS[period]), to }
}

/** Returns the name of a period; for one longer than the recorded data, the length of those data. */
export function periodName(period: Period, first: number, last: number, interval = 60): string {
  const recorded = last + interval - first
  if (period !== 'all' && LENGTHS[period] <= recorded) return PERIOD_NAMES[period]
  return Number.isFinite(recorded) ? `All ${formatDuration(recorded)} recorded` : 'Everything recorded'
}

/** Returns the length of time that a chart shows for a period, whether or not the market is that old. */
export function periodLength(period: Period, first: number, last: number): number {
  return period === 'all' ? Math.max(HOUR, last + 60 - first) : LENGTHS[period]
}

export const toIso = (seconds: number): string => new Date(seconds * 1000).toISOString().replace('.000Z', 'Z')
export const toSeconds = (iso: string): number => Math.floor(Date.parse(iso) / 1000)
