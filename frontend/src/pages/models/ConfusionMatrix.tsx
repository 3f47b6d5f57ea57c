import { formatCount, formatPercent } from '../../lib/format'
import { SIGNALS } from '../../lib/family'
import styles from './ConfusionMatrix.module.css'

/** Rows are outcomes, columns are signals; a deeper colour means a larger share of the row. */
export function ConfusionMatrix({ counts }: { counts: readonly (readonly number[])[] }) {
  return (
    <table className={styles.matrix}>
      <thead>
        <tr>
          <td>
            <span className="visually-hidden">Outcome</span>
          </td>
          {SIGNALS.map((signal) => (
            <th key={signal} scope="col">
              predicted {signal}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {SIGNALS.map((outcome, i) => {
          const row = counts[i] ?? []
          const total = row.reduce((sum, n) => sum + n, 0)
          return (
            <tr key={outcome}>
              <th scope="row">was {outcome}</th>
              {SIGNALS.map((signal, j) => {
                const count = row[j] ?? 0
                const share = total ? count / total : 0
                const colour = i === j ? 'var(--buy)' : 'var(--sell)'
                return (
                  <td key={signal} style={{ background: `color-mix(in srgb, ${colour} ${Math.round(share * 34)}%, transparent)` }}>
                    <strong>{formatCount(count)}</strong>
                    <span>{formatPercent(share, 0)}</span>
                  </td>
                )
              })}
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
