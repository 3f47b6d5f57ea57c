import type { PerformanceQuery } from '../../api/generated/graphql'
import { type Span, toSeconds } from '../../lib/period'

export type VersionPerformance = PerformanceQuery['performance']['versions'][number]

const BAR = 60

/** Returns the span of bars that a version was evaluated on; undefined while none of them has an outcome. */
export function spanOf({ judgedFrom, judgedTo }: VersionPerformance): Span | undefined {
  return judgedFrom && judgedTo ? { from: toSeconds(judgedFrom), to: toSeconds(judgedTo) + BAR } : undefined
}

/** Returns the span on which all evaluated versions were evaluated; undefined if there is none. */
export function commonSpan(versions: readonly VersionPerformance[]): Span | undefined {
  const spans = versions.flatMap((version) => spanOf(version) ?? [])
  if (spans.length === 0) return undefined
  const from = Math.max(...spans.map((span) => span.from))
  const to = Math.min(...spans.map((span) => span.to))
  return from < to ? { from, to } : undefined
}

/** Returns whether all versions of a report were evaluated from the start of `period`, so that they are comparable. */
export function isCommon(versions: readonly VersionPerformance[], period: Span): boolean {
  return versions.every((version) => {
    const span = spanOf(version)
    return span === undefined || span.from <= period.from + BAR
  })
}
