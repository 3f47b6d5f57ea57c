import { useEffect, useState } from 'react'
import { type MarketFactsFragment, PerformanceDocument } from '../../api/generated/graphql'
import { TRANSIENT } from '../../api/passTransient'
import { useFresh } from '../../api/useFresh'
import { Panel } from '../../components/Panel'
import { Problem } from '../../components/Notice'
import { Skeleton } from '../../components/Skeleton'
import { SplitBar } from '../../components/SplitBar'
import { FAMILY_NAMES, familyOf, SLOT_TAGS, slotRank } from '../../lib/family'
import { type Period, PERIOD_NAMES, periodSpan, toIso, toSeconds } from '../../lib/period'
import { useStored } from '../../lib/useStored'
import { useLiveFeed } from '../../live/LiveProvider'
import { FeeInput } from './FeeInput'
import styles from './PerformancePanel.module.css'
import { PerformanceTable } from './PerformanceTable'
import type { LiveVersion } from './liveVersion'

const REFRESH = 4_000
const isFee = (value: unknown): value is number => typeof value === 'number' && value >= 0 && value < 1

interface Props {
  market: MarketFactsFragment
  period: Period
  versions: readonly LiveVersion[]
}

/** What the signals of the period were worth, beside predictors that know nothing. */
export function PerformancePanel({ market, period, versions }: Props) {
  const [fee, setFee] = useStored('fee', 0.001, isFee)
  const last = useNewestEvery(REFRESH, market.lastOpenTime ?? '')
  const { from, to } = periodSpan(period, toSeconds(market.firstOpenTime ?? ''), toSeconds(last))
  const [result, retry] = useFresh(
    PerformanceDocument,
    { symbol: market.symbol, from: toIso(from), to: toIso(to), feeRate: fee, includeLate: false },
    { context: TRANSIENT, when: versions.map((version) => version.id).join() },
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
    <Panel title="Performance" note={PERIOD_NAMES[period]} actions={<FeeInput rate={fee} onChange={setFee} />}>
      {result.error && <Problem error={result.error} retry={retry} />}
      {!report && !result.error && <Skeleton lines={5} />}
      {report && (
        <div className={styles.stack}>
          {families.length > 0 ? (
            families.map(({ family, versions: ofFamily }) => (
              <section key={family} className={styles.family} aria-label={`Performance of ${FAMILY_NAMES[family]}`}>
                <h3>{FAMILY_NAMES[family]}</h3>
                <PerformanceTable versions={ofFamily} buyAndHold={report.buyAndHold} />
                <div className={styles.counts}>
                  {ofFamily.map((version) => (
                    <div key={version.version} className={styles.count}>
                      <span>{version.slot && SLOT_TAGS[version.slot]}</span>
                      <SplitBar
                        label={`Signals of ${version.version}`}
                        sell={version.sell}
                        hold={version.hold}
                        buy={version.buy}
                      />
                    </div>
                  ))}
                </div>
              </section>
            ))
          ) : (
            <p className={styles.none}>
              {versions.length > 0
                ? 'The live versions have predicted nothing in this period yet.'
                : 'There is nothing to measure before a model is live.'}
            </p>
          )}
        </div>
      )}
    </Panel>
  )
}

/** Open time of the newest candle, looked at every so many milliseconds: measuring each one would be measuring all day. */
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
