import type { CombinedError } from 'urql'
import type { CycleFactsFragment } from '../../api/generated/graphql'
import { Problem } from '../../components/Problem'
import { Panel } from '../../components/Panel'
import { Skeleton } from '../../components/Skeleton'
import table from '../../components/table.module.css'
import { TableScroll } from '../../components/TableScroll'
import { FAMILY_NAMES } from '../../lib/family'
import { formatDate, formatDateTime, versionParts } from '../../lib/format'
import { StateBadge } from './StateBadge'
import styles from './TrainingCycles.module.css'

interface Props {
  cycles: readonly CycleFactsFragment[] | undefined
  error: CombinedError | undefined
  /** When `cycles` arrived, in epoch milliseconds. */
  answeredAt: number | undefined
  retry: () => void
}

/** Shows all training cycles, newest first, with the runs of each family. */
export function TrainingCycles({ cycles, error, answeredAt, retry }: Props) {
  return (
    <Panel title="Training cycles" flush>
      {error && (
        <div className={styles.pad}>
          <Problem error={error} retry={retry} shown={answeredAt} />
        </div>
      )}
      {!cycles && !error && (
        <div className={styles.pad}>
          <Skeleton />
        </div>
      )}
      {cycles?.length === 0 && <p className={`${styles.pad} ${table.muted}`}>No cycle has been requested yet.</p>}
      {cycles && cycles.length > 0 && (
        <TableScroll label="Training cycles, newest first">
          <table className={table.table}>
            <thead>
              <tr>
                <th scope="col">Cycle</th>
                <th scope="col">State</th>
                <th scope="col">Reason</th>
                <th scope="col">Data</th>
                <th scope="col">Requested</th>
                <th scope="col">Ended</th>
                <th scope="col">Runs</th>
              </tr>
            </thead>
            <tbody>
              {cycles.map((cycle) => (
                <tr key={cycle.number}>
                  <th scope="row">{cycle.number}</th>
                  <td>
                    <StateBadge state={cycle.state} />
                  </td>
                  <td>{cycle.reason}</td>
                  <td>
                    {formatDate(cycle.dataFrom)} – {formatDate(cycle.dataTo)}
                  </td>
                  <td>{formatDateTime(cycle.requestedAt)}</td>
                  <td>{cycle.endedAt ? formatDateTime(cycle.endedAt) : '–'}</td>
                  <td>
                    <ul className={styles.runs}>
                      {cycle.runs.map((run) => (
                        <li key={run.id}>
                          {FAMILY_NAMES[run.family]}
                          {run.attempt > 1 && `, attempt ${run.attempt}`} <StateBadge state={run.state} />
                          {run.version && ` version ${versionParts(run.version).number}`}
                          {run.reason && <span className={styles.reason}>{run.reason}</span>}
                        </li>
                      ))}
                      {cycle.runs.length === 0 && <li className={table.muted}>not started</li>}
                    </ul>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </TableScroll>
      )}
    </Panel>
  )
}
