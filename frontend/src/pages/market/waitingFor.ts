import type { LanesQuery, MarketFactsFragment } from '../../api/generated/graphql'
import { formatCount, formatDateTime } from '../../lib/format'

export interface Awaited {
  title: string
  detail?: string
  /** False if nothing is in progress that would end the wait. */
  busy: boolean
}

/** Returns what a market without bars to show waits for, if anything. */
export function waitingForBars(market: MarketFactsFragment): Awaited | undefined {
  if (market.candles === 0 || !market.firstOpenTime || !market.lastOpenTime) {
    return { title: 'Waiting for the first candles…', detail: market.description, busy: true }
  }
  if (!market.liveFrom) {
    return {
      title: 'Importing history…',
      detail: `${formatCount(market.candles)} candles so far, up to ${formatDateTime(market.lastOpenTime)} UTC.`,
      busy: true,
    }
  }
  return undefined
}

/** Returns what the first live prediction of a market waits for, if anything. */
export function waitingForModel(lanes: LanesQuery | undefined): Awaited | undefined {
  if (!lanes) return undefined
  const versions = lanes.models.flatMap((model) => model.versions)
  if (versions.some((version) => version.slot)) return undefined

  const promoting = versions.find((version) => version.state === 'PROMOTING' || version.state === 'REGISTERED')
  if (promoting) {
    return {
      title: 'Promoting the first model…',
      detail: `Version ${promoting.number} is trained. It is loaded, warmed up and checked before it goes live.`,
      busy: true,
    }
  }
  const cycle = lanes.trainingCycles.edges[0]?.node
  if (!cycle) {
    return { title: 'Waiting for the first training cycle…', detail: 'It is requested when the market goes live.', busy: true }
  }
  if (cycle.state === 'RUNNING') {
    return {
      title: 'Training the first model…',
      detail: `On the bars from ${formatDateTime(cycle.dataFrom)} to ${formatDateTime(cycle.dataTo)} UTC. Predictions begin when it is live.`,
      busy: true,
    }
  }
  const reasons = [cycle.note, ...cycle.runs.map((run) => run.reason)].filter(Boolean)
  return {
    title: 'The last training cycle produced no model',
    detail: reasons.join(' ') || 'Train again on the Pipelines page.',
    busy: false,
  }
}
