import { useRef } from 'react'
import { LatestSignalsDocument, type MarketFactsFragment, type SignalFactsFragment } from '../../api/generated/graphql'
import { useRecoveries } from '../../api/ApiProvider'
import { useFresh } from '../../api/useFresh'
import { Panel } from '../../components/Panel'
import { Skeleton } from '../../components/Skeleton'
import { Waiting } from '../../components/Waiting'
import { slotRank } from '../../lib/family'
import { toIso, toSeconds } from '../../lib/period'
import { useLive } from '../../live/LiveProvider'
import { LiveSignal } from './LiveSignal'
import type { LiveVersion } from './liveVersion'
import styles from './SignalPanel.module.css'
import type { Awaited } from './waitingFor'

interface Props {
  market: MarketFactsFragment
  versions: readonly LiveVersion[]
  waiting: Awaited | undefined
  loading: boolean
}

/** Shows the current signals of the live versions. */
export function SignalPanel({ market, versions, waiting, loading }: Props) {
  // Queried once and after each interruption; the subscription supplies later signals.
  const holes = useLive((state) => state.holes)
  const recoveries = useRecoveries()
  const newest = useLive((state) => state.candle?.candle.openTime) ?? market.lastOpenTime
  const asked = useRef({ holes, recoveries, newest })
  if (asked.current.holes !== holes || asked.current.recoveries !== recoveries) asked.current = { holes, recoveries, newest }
  const last = asked.current.newest
  const end = last ? toSeconds(last) + 60 : 0
  const [latest] = useFresh(
    LatestSignalsDocument,
    { symbol: market.symbol, from: toIso(end - 1_200), to: toIso(end + 86_400) },
    { skip: !last || versions.length === 0, when: holes, about: market.symbol },
  )
  const live = useLive((state) => state.signals)
  const recorded = latest.data?.predictions.edges.map((edge) => edge.node) ?? []
  const horizon = versions[0]?.label

  return (
    <Panel
      title="Live signal"
      note={
        horizon &&
        `${horizon.horizonBars} ${horizon.horizonBars === 1 ? 'bar' : 'bars'} ahead, beyond ±${horizon.thresholdPercent} %`
      }
    >
      {loading ? (
        <Skeleton lines={4} />
      ) : versions.length === 0 ? (
        <Waiting title={waiting?.title ?? 'No model is live'} busy={waiting?.busy ?? false}>
          {waiting?.detail}
        </Waiting>
      ) : (
        <ul className={styles.list}>
          {[...versions]
            .sort((a, b) => slotRank(a.slot) - slotRank(b.slot))
            .map((version) => (
              <LiveSignal
                key={version.id}
                version={version}
                prediction={newerOf(live.get(version.id), recorded.findLast((p) => p.version === version.id))}
              />
            ))}
        </ul>
      )}
    </Panel>
  )
}

type Said = SignalFactsFragment | undefined

const newerOf = (a: Said, b: Said): Said => (!a || (b && toSeconds(b.openTime) > toSeconds(a.openTime)) ? b : a)
