import type { LastScoresQuery, ModelsQuery, PerformanceQuery, Signal, SignalFactsFragment, Slot, SlotsAsOfQuery } from '../../api/generated/graphql'

type Model = ModelsQuery['models'][number]
export type Period = SlotsAsOfQuery['slots'][number]

/** A slot of a model with the version in it, if any. */
export interface Lane {
  slot: Slot
  version: Model['versions'][number] | undefined
  /** The period in which it was live there; absent for the slots of now. */
  period: Period | undefined
}

const ORDER = ['BASELINE', 'PREVIOUS', 'CURRENT'] as const

/** Returns the lanes of a model: those of now, or those of the periods that contain a past moment. */
export function lanesOf(model: Model, periods: readonly Period[] | undefined): Lane[] {
  return ORDER.map((slot) => {
    const period = periods?.find((other) => other.model === model.id && other.slot === slot)
    const version = model.versions.find((v) => (periods ? v.id === period?.version : v.slot === slot))
    return { slot, version, period }
  })
}

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
