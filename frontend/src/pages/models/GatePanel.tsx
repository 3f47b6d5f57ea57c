import type { VersionFactsFragment } from '../../api/generated/graphql'
import { Badge } from '../../components/Badge'
import { Panel } from '../../components/Panel'
import table from '../../components/table.module.css'
import { TableScroll } from '../../components/TableScroll'
import { gateOf, type Policy } from './gate'
import styles from './GatePanel.module.css'

/** The measurements on which a version is promoted automatically or declined, beside the limits of the policy. */
export function GatePanel({ version, policy }: { version: VersionFactsFragment; policy: Policy | undefined }) {
  return (
    <Panel title="Promotion gate" note={POLICIES[policy?.mode ?? 'UNKNOWN']} flush>
      <TableScroll label="Tests of the promotion gate">
        <table className={`${table.table} ${styles.table}`}>
          <thead>
            <tr>
              <th scope="col">Test</th>
              <th scope="col">Measured</th>
              <th scope="col">Limit now</th>
              <th scope="col">Result</th>
            </tr>
          </thead>
          <tbody>
            {gateOf(version, policy).map(({ name, measured, detail, limit, passed }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td>
                  {measured}
                  {detail && <span className={styles.detail}>{detail}</span>}
                </td>
                <td>{limit ?? '–'}</td>
                <td>{passed === undefined ? '–' : <Badge tone={passed ? 'good' : 'bad'}>{passed ? 'Passed' : 'Failed'}</Badge>}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableScroll>
    </Panel>
  )
}

const POLICIES = {
  GATED: 'gated: a version that fails a test is declined, and a person can promote it',
  ALWAYS: 'always: every version is promoted, whatever was measured',
  UNKNOWN: 'the policy is not at hand: limits are not shown',
}
