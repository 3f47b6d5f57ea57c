import { useRef } from 'react'
import { LatestSignalsDocument, type MarketFactsFragment } from '../../api/generated/graphql'
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

/** What the live versions say now. */
export function SignalPanel({ market, versions, waiting, loading }: Props) {
  // Asked once: from then on the subscription tells.
  const last = useRef(market.lastOpenTime).current
  const end = last ? toSeconds(last) + 60 : 0
  const [latest] = useFresh(
    LatestSignalsDocument,
    { symbol: market.symbol, from: toIso(end - 1_200), to: toIso(end + 86_400) },
    { skip: !last || versions.length === 0 },
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
                prediction={live.get(version.id) ?? recorded.findLast((p) => p.version === version.id)}
              />
            ))}
        </ul>
      )}
    </Panel>
  )
}
