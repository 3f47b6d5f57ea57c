import type { AuditFactsFragment, AuditNumbersFragment } from '../../api/generated/graphql'
import { formatCount, formatDate } from '../../lib/format'

const DAY = 86_400_000

/** Returns the number of predictions that come out the same, within the tolerance and with the same signal. */
export const sameOf = (counts: AuditNumbersFragment): number => counts.exact + counts.close

/** Returns the number of predictions looked at. */
export const totalOf = (counts: AuditNumbersFragment): number =>
  sameOf(counts) + counts.nearTies + counts.different + counts.missing + counts.extra

/** Says what was found, such as "1,439 the same, 1 different". */
export function wordsOf(counts: AuditNumbersFragment): string {
  if (totalOf(counts) === 0) return 'no predictions'
  const parts: readonly (readonly [number, string])[] = [
    [sameOf(counts), 'the same'],
    [counts.nearTies, counts.nearTies === 1 ? 'near tie' : 'near ties'],
    [counts.different, 'different'],
    [counts.missing, 'missing'],
    [counts.extra, 'extra'],
  ]
  return parts
    .filter(([count]) => count > 0)
    .map(([count, word]) => `${formatCount(count)} ${word}`)
    .join(', ')
}

/** Returns the days of an audit, such as "1 May 2022" or the first and the last one. */
export function daysOf({ from, to }: Pick<AuditFactsFragment, 'from' | 'to'>): string {
  const last = Date.parse(to) - DAY
  return Date.parse(from) === last ? formatDate(from) : `${formatDate(from)} to ${formatDate(new Date(last).toISOString())}`
}

/** Returns the start of the UTC day before the one of a moment, as an ISO date. */
export const dayBefore = (moment: string): string => new Date(Date.parse(moment) - DAY).toISOString().slice(0, 10)

/** Returns the start of the day after an ISO date. */
export const startOfNext = (date: string): string => new Date(Date.parse(date) + DAY).toISOString()
