import { Panel } from '../../components/Panel'
import { formatDateTime, formatPercent } from '../../lib/format'
import { KIND_NAMES } from './address'
import styles from './ComparePage.module.css'
import { againstBaselines, type Comparison, findings, sideNames } from './verdict'

/** The result in words. */
export function VerdictPanel({ comparison }: { comparison: Comparison }) {
  const { first, other, agreement, bootstrap } = comparison
  const [name, otherName] = sideNames(comparison)
  return (
    <Panel title="Result" note={`${formatDateTime(first.from)} to ${formatDateTime(first.to)} UTC`}>
      <div className={styles.verdict}>
        <dl className={styles.findings} data-testid="findings">
          {findings(comparison).map(({ about, text, beyond }) => (
            <div key={about}>
              <dt>{about}</dt>
              <dd className={beyond ? styles.beyond : undefined}>{text}</dd>
            </div>
          ))}
        </dl>
        <p>{againstBaselines(name, first)}</p>
        <p>{againstBaselines(otherName, other)}</p>
        <p className={styles.small}>
          {agreement
            ? `${first.scores.rows.toLocaleString('en-US')} bars that both predicted (${KIND_NAMES[first.kind]} against ${KIND_NAMES[other.kind]}), the same signal on ${formatPercent(agreement.same / first.scores.rows)} of them. `
            : `Two periods have no bars in common, so there is no paired test: ${KIND_NAMES[first.kind]} predictions, ${first.scores.rows.toLocaleString('en-US')} and ${other.scores.rows.toLocaleString('en-US')} bars. `}
          {comparison.scores === null &&
            'The two predict different outcomes (horizon or threshold), so their scores are not compared with each other. '}
          Intervals: stationary bootstrap, {bootstrap.resamples.toLocaleString('en-US')} resamples of blocks of {bootstrap.meanBlock} bars on
          average. Fee {formatPercent(comparison.feeRate, 2)} a trade.
        </p>
      </div>
    </Panel>
  )
}
