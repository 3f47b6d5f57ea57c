import { LastScoresDocument, LatestSignalsDocument, type MarketFactsFragment, PerformanceDocument } from '../../api/generated/graphql'
import { TRANSIENT } from '../../api/passTransient'
import { useFresh } from '../../api/useFresh'
import { toIso, toSeconds } from '../../lib/period'
import { useLive } from '../../live/LiveProvider'
import { lastPrediction, liveAccuracy } from './lanes'

const WEEK = 7 * 86_400
/** Market seconds after which the accuracy is fetched again. */
const STEP = 900
/** Market seconds in which a live version has predicted. */
const RECENT = 600

/** Last predictions and live accuracies of a market's versions, and the close of its newest bar. */
export function useLanes(market: MarketFactsFragment, changes: number) {
  const { symbol } = market
  const opened = useLive((state) => state.candle?.candle.openTime) ?? market.lastOpenTime
  const streamed = useLive((state) => state.signals)
  const now = opened ? toSeconds(opened) + 60 : undefined
  const to = Math.ceil((now ?? 0) / STEP) * STEP
  const skip = now === undefined
  const [performance, retry] = useFresh(
    PerformanceDocument,
    { symbol, from: toIso(to - WEEK), to: toIso(to), feeRate: 0.001, includeLate: false },
    { skip, context: TRANSIENT, when: changes, every: 30_000, about: symbol },
  )
  const [signals] = useFresh(
    LatestSignalsDocument,
    { symbol, from: toIso(to - STEP - RECENT), to: toIso(to) },
    { skip, context: TRANSIENT, about: symbol, when: changes },
  )
  const [scores] = useFresh(LastScoresDocument, { symbol }, { when: changes, every: 10_000 })
  const fetched = signals.data?.predictions.edges.map((edge) => edge.node) ?? []
  return {
    now,
    error: performance.error,
    answeredAt: performance.answeredAt,
    retry,
    predictionOf: (version: string) => lastPrediction(version, streamed, fetched, scores.data?.articles.edges ?? []),
    accuracyOf: (version: string) => liveAccuracy(version, performance.data?.performance),
  }
}
