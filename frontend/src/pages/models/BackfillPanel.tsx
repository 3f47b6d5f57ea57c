import type { ReactNode } from 'react'
import type { VersionFactsFragment } from '../../api/generated/graphql'
import { Panel } from '../../components/Panel'
import { StateBadge } from '../../components/StateBadge'
import { formatCount, formatDateTime } from '../../lib/format'
import styles from './BackfillPanel.module.css'
import { versionName } from './CompareVersions'

/** The latest backfill of a version: its extent, progress, result and reason. */
export function BackfillPanel({ version, actions }: { version: VersionFactsFragment; actions: ReactNode }) {
  const { backfill } = version
  return (
    <Panel title={`Backfill of ${versionName(version.id)}`} note={backfill && <StateBadge state={backfill.state} />} actions={actions}>
      {!backfill && <p className={styles.none}>Its lane has not joined yet, so that nothing had to be backfilled.</p>}
      {backfill && (
        <>
          {backfill.state === 'RUNNING' && backfill.days != null && (
            <progress className={styles.progress} max={backfill.days} value={backfill.daysDone} aria-label="Days computed" />
          )}
          <dl className={styles.facts}>
            {backfill.from && backfill.to && (
              <Fact name="Covers">
                {formatDateTime(backfill.from)} to {formatDateTime(backfill.to)} UTC
              </Fact>
            )}
            {backfill.days != null && (
              <Fact name="Days">
                {formatCount(backfill.daysDone)} of {formatCount(backfill.days)}
              </Fact>
            )}
            {backfill.predictions != null && <Fact name="Predictions">{formatCount(backfill.predictions)}</Fact>}
            <Fact name="Pending since">{formatDateTime(backfill.pendingAt)} UTC</Fact>
            {backfill.endedAt && <Fact name="Ended">{formatDateTime(backfill.endedAt)} UTC</Fact>}
            {backfill.reason && <Fact name="Reason">{backfill.reason}</Fact>}
          </dl>
        </>
      )}
    </Panel>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}
