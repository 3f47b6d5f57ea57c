import { useEffect, useState } from 'react'
import { type MarketFactsFragment, PerformanceDocument } from '../../api/generated/graphql'
import { TRANSIENT } from '../../api/passTransient'
import { useFresh } from '../../api/useFresh'
import { Panel } from '../../components/Panel'
import { Problem } from '../../components/Problem'
import { Skeleton } from '../../components/Skeleton'
import { Segmented } from '../../components/Segmented'
import { familyOf, slotRank } from '../../lib/family'
import { type Period, periodName, periodSpan, toIso, toSeconds } from '../../lib/period'
import { useStored } from '../../lib/useStored'
import { useLive, useLiveFeed } from '../../live/LiveProvider'
import { type Comparison, FamilyPerformance } from './FamilyPerformance'
import { FeeInput } from './FeeInput'
import styles from './PerformancePanel.module.css'
import type { LiveVersion } from './liveVersion'

const REFRESH = 4_000
const isFee = (value: unknown): value is number => typeof value === 'number' && value >= 0 && value < 1
const COMPARISONS: readonly Comparison[] = ['common', 'own']
const isComparison = (value: unknown): value is Comparison => COMPARISONS.includes(value as Comparison)

interface Props {
  market: MarketFactsFragment
  period: Period
  versions: readonly LiveVersion[]
}

/** Shows the performance of the period's signals beside naive baselines. */
export function PerformancePanel({ market, period, versions }: Props) {
  const [fee, setFee] = useStored('fee', 0.001, isFee)
  const [comparison, setComparison] = useStored<Comparison>('comparison', 'common', isComparison)
  const last = useNewestEvery(REFRESH, market.lastOpenTime ?? '')
  const { from, to } = periodSpan(period, toSeconds(market.firstOpenTime ?? ''), toSeconds(last))
  const holes = useLive((state) => state.holes)
  const [result, retry] = useFresh(
    PerformanceDocument,
    { symbol: market.symbol, from: toIso(from), to: toIso(to), feeRate: fee, includeLate: false },
    {
      context: TRANSIENT,
      when: `${holes} ${versions.map((version) => version.id).join()}`,
      about: [market.symbol, period, fee],
    },
  )
  const report = result.data?.performance
  const shown = (report?.versions ?? [])
    .filter((version) => version.slot)
    .sort((a, b) => slotRank(a.slot) - slotRank(b.slot))
  const families = (['LIGHTGBM', 'TST'] as const).flatMap((family) => {
    const ofFamily = shown.filter((version) => familyOf(version.version) === family)
    return ofFamily.length > 0 ? [{ family, versions: ofFamily }] : []
  })

  return (
    <Panel
      title="Performance"
      note={periodName(period, toSeconds(market.firstOpenTime ?? ''), toSeconds(last))}
      actions={<FeeInput rate={fee} onChange={setFee} />}
    >
      {result.error && <Problem error={result.error} retry={retry} shown={result.answeredAt} />}
      {!report && !result.error && <Skeleton lines={5} />}
      {report && families.length === 0 && (
        <p className={styles.none}>
          {versions.length > 0
            ? 'The live versions have no predictions in this period yet.'
            : 'There is nothing to measure until a model is live.'}
        </p>
      )}
      {report && families.length > 0 && (
        <div className={styles.stack}>
          <Segmented
            label="Compared over"
            options={COMPARISONS}
            value={comparison}
            onChange={setComparison}
            nameOf={(option) => (option === 'common' ? 'Common span' : 'Own spans')}
            titleOf={(option) =>
              option === 'common'
                ? 'Only the bars that all live versions of the family were evaluated on'
                : 'Each version over all bars of the period that it was evaluated on'
            }
          />
          {families.map(({ family, versions: ofFamily }) => (
            <FamilyPerformance
              key={family}
              symbol={market.symbol}
              family={family}
              report={report}
              versions={ofFamily}
              comparison={comparison}
            />
          ))}
        </div>
      )}
    </Panel>
  )
}

/** Returns the open time of the newest candle, updated every `milliseconds`, since a report per candle would be too many. */
function useNewestEvery(milliseconds: number, initial: string): string {
  const feed = useLiveFeed()
  const [newest, setNewest] = useState(initial)
  useEffect(() => {
    const look = () => {
      const seen = feed.state().candle?.candle.openTime
      if (seen) setNewest((known) => (toSeconds(seen) > toSeconds(known) ? seen : known))
    }
    const timer = setInterval(look, milliseconds)
    return () => clearInterval(timer)
  }, [feed, milliseconds])
  return toSeconds(initial) > toSeconds(newest) ? initial : newest
}
