import type { PredictionPageQuery } from '../../api/generated/graphql'
import { Badge } from '../../components/Badge'
import { SignalTag } from '../../components/SignalTag'
import table from '../../components/table.module.css'
import { TableScroll } from '../../components/TableScroll'
import { formatDateTime, formatPercent, formatSigned, versionParts } from '../../lib/format'
import styles from './PredictionTable.module.css'

type Prediction = PredictionPageQuery['predictions']['edges'][number]['node']

interface Props {
  predictions: readonly Prediction[]
  /** Whether newer data are being fetched. */
  pale: boolean
}

export function PredictionTable({ predictions, pale }: Props) {
  return (
    <TableScroll label="Predictions, oldest first" busy={pale}>
      <table className={`${table.table} ${pale ? styles.pale : ''}`}>
        <thead>
          <tr>
            <th scope="col" title="Open time of the last closed bar">
              Bar
            </th>
            <th scope="col">Version</th>
            <th scope="col">Signal</th>
            <th scope="col">Outcome</th>
            <th scope="col" className={table.number} title="Close-to-close return over the horizon">
              Return
            </th>
            <th scope="col" className={table.number}>
              Sell
            </th>
            <th scope="col" className={table.number}>
              Hold
            </th>
            <th scope="col" className={table.number}>
              Buy
            </th>
            <th scope="col">Origin</th>
            <th scope="col">Recorded</th>
            <th scope="col" className={table.number} title="Revision of the bar that was scored">
              Rev.
            </th>
            <th scope="col">Scorer</th>
          </tr>
        </thead>
        <tbody>
          {predictions.map((p) => (
            <tr key={`${p.version} ${p.openTime}`}>
              <td>{formatDateTime(p.openTime)}</td>
              <td title={p.version}>
                {versionParts(p.version).family} {versionParts(p.version).number}
              </td>
              <td>
                <SignalTag signal={p.signal} />
              </td>
              <td>
                {p.outcome ? <SignalTag signal={p.outcome} /> : <span className={table.muted}>not yet</span>}{' '}
                {p.outcome && (
                  <span className={p.outcome === p.signal ? table.good : table.bad}>
                    {p.outcome === p.signal ? '✓' : '✗'}
                    <span className="visually-hidden">{p.outcome === p.signal ? 'right' : 'wrong'}</span>
                  </span>
                )}
              </td>
              <td className={table.number}>{formatSigned(p.outcomeReturn, 3)}</td>
              <td className={table.number}>{formatPercent(p.sell)}</td>
              <td className={table.number}>{formatPercent(p.hold)}</td>
              <td className={table.number}>{formatPercent(p.buy)}</td>
              <td>
                <Badge tone={p.origin === 'LIVE' ? 'good' : p.origin === 'LATE' ? 'warn' : 'plain'}>{p.origin}</Badge>
              </td>
              <td className={table.muted}>{formatDateTime(p.recordedAt)}</td>
              <td className={`${table.number} ${table.muted}`}>{p.barRevision}</td>
              <td className={table.muted}>{p.scorer}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableScroll>
  )
}
