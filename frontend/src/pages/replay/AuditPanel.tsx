import type { ReactNode } from 'react'
import type { AuditDifferenceFactsFragment, AuditedDaysQuery } from '../../api/generated/graphql'
import { Digest } from '../../components/Digest'
import { Notice } from '../../components/Notice'
import { Panel } from '../../components/Panel'
import { SignalTag } from '../../components/SignalTag'
import { TableScroll } from '../../components/TableScroll'
import table from '../../components/table.module.css'
import { formatCount, formatDate, formatDateTime, sentence } from '../../lib/format'
import { AuditBadge } from './AuditBadge'
import styles from './AuditPanel.module.css'
import { DifferencePanel } from './DifferencePanel'
import { daysOf, sameOf, totalOf, wordsOf } from './results'

type Audit = NonNullable<AuditedDaysQuery['audit']>

interface Props {
  audit: Audit
  /** Key of the difference on display. */
  difference: string | undefined
  onDifference: (key: string | undefined) => void
  actions: ReactNode
}

export const KINDS: Record<AuditDifferenceFactsFragment['kind'], string> = {
  DIFFERENT: 'Different',
  NEAR_TIE: 'Near tie',
  MISSING: 'Missing',
  EXTRA: 'Extra',
}

const keyOf = (difference: AuditDifferenceFactsFragment, i: number) =>
  `${difference.about} ${difference.origin ?? ''} ${difference.reading ?? ''} ${i}`

/** A replay: its progress, days, differences and digests. */
export function AuditPanel({ audit, difference, onDifference, actions }: Props) {
  const differences = audit.comparedDays
    .flatMap((day) => day.differences)
    .map((shown, i) => ({ key: keyOf(shown, i), shown }))
  const chosen = differences.find(({ key }) => key === difference)?.shown
  return (
    <>
      <Panel
        title={audit.version}
        note={
          <>
            <AuditBadge audit={audit} /> {daysOf(audit)}, requested {formatDateTime(audit.requestedAt)} market time: {audit.reason}
          </>
        }
        actions={actions}
      >
        <div className={styles.stack}>
          {audit.note && (
            <Notice tone={audit.state === 'CANCELLED' ? 'warn' : 'bad'} title={audit.state === 'CANCELLED' ? 'It was cancelled' : 'It cannot be replayed'}>
              {sentence(audit.note)}
            </Notice>
          )}
          <p className={styles.words}>
            <strong>{sentence(wordsOf(audit.counts))}</strong>
            {audit.counts.exact > 0 && `; ${formatCount(audit.counts.exact)} bit by bit`}
          </p>
          {audit.state === 'RUNNING' && <progress className={styles.progress} max={audit.days} value={audit.daysDone} aria-label="Days compared" />}
          <Days days={audit.comparedDays} />
          {audit.recordedDigest && audit.recomputedDigest && (
            <dl className={styles.digests}>
              <div>
                <dt>Digest of what was recorded</dt>
                <dd>
                  <Digest value={audit.recordedDigest} />
                </dd>
              </div>
              <div>
                <dt>Digest of what comes out now</dt>
                <dd>
                  <Digest value={audit.recomputedDigest} />
                </dd>
              </div>
            </dl>
          )}
        </div>
      </Panel>
      {differences.length > 0 && (
        <Panel title="Differences" note="the first of each day" flush>
          <TableScroll label="Differences">
            <table className={table.table}>
              <thead>
                <tr>
                  <th>About</th>
                  <th>Kind</th>
                  <th>Recorded</th>
                  <th>Comes out now</th>
                  <th>Note</th>
                </tr>
              </thead>
              <tbody>
                {differences.map(({ key, shown }) => (
                  <tr key={key}>
                    <th scope="row">
                      <button type="button" className={styles.link} aria-pressed={key === difference} onClick={() => onDifference(key)}>
                        {formatDateTime(shown.about)}
                      </button>
                    </th>
                    <td>{KINDS[shown.kind]}</td>
                    <td>{shown.recorded ? <SignalTag signal={shown.recorded.signal} /> : '–'}</td>
                    <td>{shown.recomputed ? <SignalTag signal={shown.recomputed.signal} /> : '–'}</td>
                    <td className={styles.note}>{shown.note}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </TableScroll>
        </Panel>
      )}
      {chosen && <DifferencePanel difference={chosen} onClose={() => onDifference(undefined)} />}
    </>
  )
}

/** A strip with a bar for each day, red where something diverges. */
function Days({ days }: { days: Audit['comparedDays'] }) {
  return (
    <ol className={styles.days} aria-label="Days compared">
      {days.map((day) => {
        const words = `${formatDate(day.day)}: ${wordsOf(day.counts)}`
        const total = totalOf(day.counts)
        return (
          <li key={day.day} title={words} className={day.divergences > 0 ? styles.bad : total === 0 ? styles.none : styles.good}>
            <span className="visually-hidden">{words}</span>
            {day.divergences > 0 && (
              <span className={styles.part} style={{ height: `${Math.max(8, 100 * (1 - sameOf(day.counts) / total))}%` }} aria-hidden="true" />
            )}
          </li>
        )
      })}
    </ol>
  )
}
