import type { LastScoresQuery, PerformanceQuery, SignalFactsFragment, Signal } from '../../api/generated/graphql'

/** The latest prediction of a version: about a bar, or of an article. */
export interface LastPrediction {
  signal: Signal
  /** Open time of the bar, or time at which the article was scored. */
  at: string
}

/** Returns the latest prediction of a version among those streamed, those fetched and the scores of the newest articles. */
export function lastPrediction(
  version: string,
  streamed: ReadonlyMap<string, SignalFactsFragment>,
  fetched: readonly SignalFactsFragment[],
  articles: LastScoresQuery['articles']['edges'],
): LastPrediction | undefined {
  const live = streamed.get(version)
  const bars = [...(live ? [live] : []), ...fetched.filter((p) => p.version === version)].map((p) => ({ signal: p.signal, at: p.openTime }))
  const scores = articles.flatMap(({ node }) => node.scores.filter((s) => s.version === version)).map((s) => ({ signal: s.signal, at: s.scoredAt }))
  return [...bars, ...scores].reduce<LastPrediction | undefined>(
    (latest, p) => (!latest || Date.parse(p.at) > Date.parse(latest.at) ? p : latest),
    undefined,
  )
}

/** Live accuracy of a version and of its majority class, if it has predictions with an outcome. */
export function liveAccuracy(version: string, report: PerformanceQuery['performance'] | undefined) {
  const found = report?.versions.find((v) => v.version === version)
  if (found?.accuracy == null || found.majorityAccuracy == null) return undefined
  return { accuracy: found.accuracy, majority: found.majorityAccuracy, resolved: found.resolved }
}
