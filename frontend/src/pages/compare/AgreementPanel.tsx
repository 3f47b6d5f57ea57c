import { Panel } from '../../components/Panel'
import { SIGNALS } from '../../lib/family'
import { formatCount, formatPercent } from '../../lib/format'
import styles from './ComparePage.module.css'

interface Props {
  names: readonly [string, string]
  agreement: {
    signals: readonly (readonly number[])[]
    same: number
    bothRight: number
    onlyFirst: number
    onlyOther: number
    bothWrong: number
  }
}

/** Signals of both versions on the same bars, and which of them were right. */
export function AgreementPanel({ names, agreement }: Props) {
  const { signals, same, bothRight, onlyFirst, onlyOther, bothWrong } = agreement
  const rows = bothRight + onlyFirst + onlyOther + bothWrong
  const hits: [string, number][] = [
    ['Both right', bothRight],
    [`Only ${names[0]}`, onlyFirst],
    [`Only ${names[1]}`, onlyOther],
    ['Both wrong', bothWrong],
  ]
  return (
    <Panel title="Agreement" note={`the same signal on ${formatPercent(same / rows)} of ${formatCount(rows)} bars`}>
      <div className={styles.agreement}>
        <table className={styles.matrix}>
          <thead>
            <tr>
              <td>
                <span className="visually-hidden">{names[0]}</span>
              </td>
              {SIGNALS.map((signal) => (
                <th key={signal} scope="col">
                  {names[1]}: {signal}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {SIGNALS.map((signal, i) => (
              <tr key={signal}>
                <th scope="row">
                  {names[0]}: {signal}
                </th>
                {SIGNALS.map((other, j) => {
                  const count = signals[i]?.[j] ?? 0
                  const share = count / rows
                  const colour = i === j ? 'var(--accent)' : 'var(--warn)'
                  return (
                    <td key={other} style={{ background: `color-mix(in srgb, ${colour} ${Math.round(share * 60)}%, transparent)` }}>
                      <strong>{formatCount(count)}</strong>
                      <span>{formatPercent(share)}</span>
                    </td>
                  )
                })}
              </tr>
            ))}
          </tbody>
        </table>
        <dl className={styles.hits}>
          {hits.map(([name, count]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>
                {formatCount(count)} <span>{formatPercent(count / rows)}</span>
              </dd>
            </div>
          ))}
        </dl>
      </div>
    </Panel>
  )
}
