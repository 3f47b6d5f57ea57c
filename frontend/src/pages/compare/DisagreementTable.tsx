import { Link } from 'wouter'
import type { DisagreementsQuery, Signal } from '../../api/generated/graphql'
import { SignalTag } from '../../components/SignalTag'
import table from '../../components/table.module.css'
import { TableScroll } from '../../components/TableScroll'
import { formatDateTime, formatPercent } from '../../lib/format'
import styles from './ComparePage.module.css'

type Bar = DisagreementsQuery['disagreements']['edges'][number]['node']

interface Props {
  symbol: string
  names: readonly [string, string]
  bars: readonly Bar[]
}

/** Bars on which the two gave different signals, each with a link to the chart. */
export function DisagreementTable({ symbol, names, bars }: Props) {
  return (
    <TableScroll label="Bars with different signals">
      <table className={table.table}>
        <thead>
          <tr>
            <th scope="col">Bar</th>
            <th scope="col">{names[0]}</th>
            <th scope="col">{names[1]}</th>
            <th scope="col">Outcome</th>
          </tr>
        </thead>
        <tbody>
          {bars.map((bar) => (
            <tr key={bar.openTime}>
              <td>
                <Link href={`/market/${encodeURIComponent(symbol)}?at=${encodeURIComponent(bar.openTime)}`} title="Show on the chart" className={styles.bar}>
                  {formatDateTime(bar.openTime)}
                </Link>
              </td>
              <td>
                <Opinion signal={bar.signal} confidence={bar.confidence} outcome={bar.outcome} />
              </td>
              <td>
                <Opinion signal={bar.other} confidence={bar.otherConfidence} outcome={bar.otherOutcome} />
              </td>
              <td>{bar.outcome ? <SignalTag signal={bar.outcome} /> : <span className={table.muted}>not yet</span>}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableScroll>
  )
}

function Opinion(props: { signal: Signal; confidence: number; outcome: Signal | null | undefined }) {
  const right = props.outcome === props.signal
  return (
    <>
      <SignalTag signal={props.signal} /> {formatPercent(props.confidence)}{' '}
      {props.outcome && (
        <span className={right ? table.good : table.bad}>
          {right ? '✓' : '✗'}
          <span className="visually-hidden">{right ? 'right' : 'wrong'}</span>
        </span>
      )}
    </>
  )
}
