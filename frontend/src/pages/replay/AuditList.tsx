import type { AuditFactsFragment } from '../../api/generated/graphql'
import styles from './AuditList.module.css'
import { AuditBadge } from './AuditBadge'
import { daysOf, wordsOf } from './results'

interface Props {
  audits: readonly AuditFactsFragment[]
  chosen: string | undefined
  onChoose: (id: string) => void
}

/** Replays of a page, newest first. */
export function AuditList({ audits, chosen, onChoose }: Props) {
  return (
    <ol className={styles.list}>
      {audits.map((audit) => (
        <li key={audit.id}>
          <button type="button" className={styles.item} aria-pressed={audit.id === chosen} onClick={() => onChoose(audit.id)}>
            <span className={styles.head}>
              <strong>{audit.version}</strong>
              <AuditBadge audit={audit} />
            </span>
            <span className={styles.facts}>
              {daysOf(audit)}
              {audit.scheduled && ', scheduled'}
            </span>
            <span className={styles.note}>{audit.note ?? wordsOf(audit.counts)}</span>
          </button>
        </li>
      ))}
    </ol>
  )
}
