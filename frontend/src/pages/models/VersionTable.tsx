import { useState } from 'react'
import type { VersionFactsFragment } from '../../api/generated/graphql'
import { Badge } from '../../components/Badge'
import { Button } from '../../components/Button'
import { SlotTag } from '../../components/SlotTag'
import table from '../../components/table.module.css'
import { TableScroll } from '../../components/TableScroll'
import { formatDateTime, formatNumber, formatPercent, formatSigned } from '../../lib/format'
import { DegenerateBadge } from './DegenerateBadge'
import { StateBadge } from '../../components/StateBadge'
import styles from './VersionTable.module.css'

interface Props {
  versions: readonly VersionFactsFragment[]
  chosen: string | undefined
  onChoose: (id: string) => void
}

/** The versions of a model, newest first; purged ones are shown on demand. */
export function VersionTable({ versions, chosen, onChoose }: Props) {
  const [all, setAll] = useState(false)
  const purged = versions.filter(({ id, state }) => state === 'PURGED' && id !== chosen)
  const shown = all ? versions : versions.filter((version) => !purged.includes(version))
  return (
    <>
      <TableScroll label="Table of versions">
        <table className={table.table}>
          <thead>
            <tr>
              <th scope="col">Version</th>
              <th scope="col">State</th>
              <th scope="col">Slot</th>
              <th scope="col">Trained</th>
              <th scope="col">Expires</th>
              <th scope="col" className={table.number}>
                Accuracy
              </th>
              <th scope="col" className={table.number} title="Above the majority class, in percentage points">
                Edge
              </th>
              <th scope="col" className={table.number}>
                Macro F1
              </th>
              <th scope="col" className={table.number}>
                MCC
              </th>
              <th scope="col" className={table.number}>
                Log loss
              </th>
              <th scope="col" className={table.number}>
                After fees
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map((version) => {
              const { evaluation } = version
              const majority = evaluation.baselines.find((baseline) => baseline.name === 'majority-class')
              const edge = majority && evaluation.accuracy - majority.accuracy
              return (
                <tr key={version.id} className={`${version.id === chosen ? styles.chosen : styles.row} ${version.state === 'PURGED' ? table.muted : ''}`}>
                  <td>
                    <button
                      type="button"
                      className={styles.number}
                      aria-pressed={version.id === chosen}
                      aria-label={`Show version ${version.number}`}
                      onClick={() => onChoose(version.id)}
                    >
                      {version.number}
                    </button>
                  </td>
                  <td>
                    <StateBadge state={version.state} /> <DegenerateBadge signal={evaluation.degenerate} />
                  </td>
                  <td>{version.slot ? <SlotTag slot={version.slot} /> : <span className={table.muted}>–</span>}</td>
                  <td>{formatDateTime(version.trainedAt)}</td>
                  <td>
                    {version.expired && version.slot ? (
                      <Badge tone="bad" title="Due for retraining">
                        EXPIRED {formatDateTime(version.expiresAt)}
                      </Badge>
                    ) : (
                      formatDateTime(version.expiresAt)
                    )}
                  </td>
                  <td className={table.number}>{formatPercent(evaluation.accuracy)}</td>
                  <td className={`${table.number} ${tone(edge)}`}>{formatSigned(edge, 1).replace(' %', ' pp')}</td>
                  <td className={table.number}>{formatNumber(evaluation.macroF1)}</td>
                  <td className={table.number}>{formatNumber(evaluation.mcc)}</td>
                  <td className={table.number}>{formatNumber(evaluation.logLoss)}</td>
                  <td className={`${table.number} ${tone(evaluation.profitAfterFees)}`}>
                    {formatSigned(evaluation.profitAfterFees)}
                  </td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </TableScroll>
      {purged.length > 0 && (
        <div className={styles.more}>
          <Button aria-expanded={all} onClick={() => setAll(!all)}>
            {all ? 'Hide' : 'Show'} {purged.length} purged {purged.length === 1 ? 'version' : 'versions'}
          </Button>
        </div>
      )}
    </>
  )
}

const tone = (value: number | undefined): string => (!value ? '' : ((value > 0 ? table.good : table.bad) ?? ''))
