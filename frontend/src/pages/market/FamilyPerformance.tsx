import { type ModelFamily, PerformanceDocument, type PerformanceQuery } from '../../api/generated/graphql'
import { TRANSIENT } from '../../api/passTransient'
import { useFresh } from '../../api/useFresh'
import { Problem } from '../../components/Problem'
import { SplitBar } from '../../components/SplitBar'
import { FAMILY_NAMES, SLOT_TAGS, slotRank } from '../../lib/family'
import { formatDateTime, formatDuration } from '../../lib/format'
import { type Span, toIso, toSeconds } from '../../lib/period'
import styles from './PerformancePanel.module.css'
import { PerformanceTable } from './PerformanceTable'
import { commonSpan, isCommon, type VersionPerformance } from './spans'

export type Comparison = 'common' | 'own'

interface Props {
  symbol: string
  family: ModelFamily
  report: PerformanceQuery['performance']
  /** Live versions of the family, each over its own span. */
  versions: readonly VersionPerformance[]
  comparison: Comparison
}

/** Compares the live versions of a family over their common span, or shows each over its own span. */
export function FamilyPerformance({ symbol, family, report, versions, comparison }: Props) {
  const period: Span = { from: toSeconds(report.from), to: toSeconds(report.to) }
  const common = commonSpan(versions)
  const narrower = comparison === 'common' && common !== undefined && !isCommon(versions, period)
  const asked = narrower ? common : period
  const [narrowed, retry] = useFresh(
    PerformanceDocument,
    { symbol, from: toIso(asked.from), to: toIso(asked.to), feeRate: report.feeRate, includeLate: false },
    { skip: !narrower, context: TRANSIENT, about: [symbol, family, asked.from, report.feeRate] },
  )
  const found = narrower ? narrowed.data?.performance : report
  const shown = found?.versions
    .filter(({ version }) => versions.some((other) => other.version === version))
    .sort((a, b) => slotRank(a.slot) - slotRank(b.slot))
  const span = narrower && found ? { from: toSeconds(found.from), to: toSeconds(found.to) } : asked

  return (
    <section className={styles.family} aria-label={`Performance of ${FAMILY_NAMES[family]}`}>
      <h3>{FAMILY_NAMES[family]}</h3>
      {narrowed.error && narrower && <Problem error={narrowed.error} retry={retry} shown={narrowed.answeredAt} />}
      <p className={styles.span} data-testid="compared">
        {comparison === 'own' || (!narrower && !isCommon(versions, period)) ? (
          <>
            {comparison === 'common' && 'No bar was predicted by all of them. '}
            Each over its own span: <strong>not comparable</strong>
          </>
        ) : (
          <>
            Compared over {formatDuration(span.to - span.from)}, {formatDateTime(span.from)} to {formatDateTime(span.to)}
          </>
        )}
      </p>
      {found && shown && (
        <>
          <PerformanceTable
            versions={shown}
            judged={versions}
            buyAndHold={found.buyAndHold}
            span={span}
          />
          <div className={styles.counts}>
            {shown.map((version) => (
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
        </>
      )}
    </section>
  )
}
