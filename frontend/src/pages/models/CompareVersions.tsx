import { useState } from 'react'
import type { VersionFactsFragment } from '../../api/generated/graphql'
import { Notice } from '../../components/Notice'
import { Panel } from '../../components/Panel'
import table from '../../components/table.module.css'
import { TableScroll } from '../../components/TableScroll'
import { Toggle } from '../../components/Toggle'
import { familyName } from '../../lib/family'
import { versionParts } from '../../lib/format'
import styles from './CompareVersions.module.css'
import { compareVersions, type Line } from './comparison'

interface Props {
  left: VersionFactsFragment
  right: VersionFactsFragment
}

export const versionName = (id: string): string => `${familyName(versionParts(id).family)} ${versionParts(id).number}`

/** Two versions side by side, with their differences marked. */
export function CompareVersions({ left, right }: Props) {
  const [all, setAll] = useState(false)
  const groups = compareVersions(left, right)
  const differing = groups.flatMap((group) => group.lines).filter((line) => line.differs).length
  const names = [versionName(left.id), versionName(right.id)]
  return (
    <Panel
      title={`${names[0]} and ${names[1]} side by side`}
      note={`${differing} ${differing === 1 ? 'difference' : 'differences'}`}
      actions={
        <Toggle pressed={!all} onChange={(only) => setAll(!only)}>
          Only differences
        </Toggle>
      }
      flush
    >
      {left.evaluation.rows !== right.evaluation.rows && (
        <div className={styles.pad}>
          <Notice tone="warn" title="They were evaluated on different rows">
            Their metrics are not strictly comparable: each version is evaluated on the newest data of its own training.
          </Notice>
        </div>
      )}
      <TableScroll label="Versions side by side">
        <table className={`${table.table} ${styles.table}`}>
          <thead>
            <tr>
              <th scope="col">Fact</th>
              {names.map((name, i) => (
                <th key={i} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          {groups.map(({ title, lines }) => {
            const shown = lines.filter((line) => all || line.differs)
            return (
              <tbody key={title}>
                <tr>
                  <th scope="rowgroup" colSpan={3} className={styles.group}>
                    {title}
                    {shown.length === 0 && <span className={table.muted}> equal</span>}
                  </th>
                </tr>
                {shown.map((line) => (
                  <Row key={line.name} line={line} />
                ))}
              </tbody>
            )
          })}
        </table>
      </TableScroll>
    </Panel>
  )
}

function Row({ line }: { line: Line }) {
  return (
    <tr className={line.differs ? styles.differs : table.muted}>
      <th scope="row">
        {line.name}
        {line.differs && <span className="visually-hidden"> differs</span>}
      </th>
      {(['left', 'right'] as const).map((side) => (
        <td key={side} title={line[side]}>
          <span className={styles.value}>{line[side]}</span>
          {line.better === side && <span className={table.good}> better</span>}
        </td>
      ))}
    </tr>
  )
}
