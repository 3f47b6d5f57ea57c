import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { Badge } from '../../components/Badge'
import { Notice } from '../../components/Notice'
import { Panel } from '../../components/Panel'
import { SlotTag } from '../../components/SlotTag'
import { StateBadge } from '../../components/StateBadge'
import { formatDateTime, sentence, versionParts } from '../../lib/format'
import { versionName } from './CompareVersions'
import { DegenerateBadge } from './DegenerateBadge'
import type { Model, Version } from './decisions'
import styles from './VersionPanel.module.css'

interface Props {
  model: Model
  version: Version
  /** Buttons for decisions. */
  actions: ReactNode
  /** Choice of the version to compare with. */
  comparison: ReactNode
}

/** The state of a version with its reason, and the decisions about it. */
export function VersionPanel({ model, version, actions, comparison }: Props) {
  const { pin } = model
  const pinned = pin && pin.version === version.id
  return (
    <Panel
      title={versionName(version.id)}
      note={
        <span className={styles.badges}>
          <StateBadge state={version.state} />
          {version.slot && <SlotTag slot={version.slot} />}
          {pinned && <Badge tone="warn">Pinned</Badge>}
          {version.expired && version.slot && <Badge tone="warn">Expired</Badge>}
          <DegenerateBadge signal={version.evaluation.degenerate} />
        </span>
      }
      actions={actions}
    >
      <div className={styles.stack}>
        {version.reason && (
          <Notice tone={version.state === 'ABANDONED' ? 'bad' : version.state === 'DECLINED' ? 'warn' : 'info'} title={REASONS[version.state] ?? 'Reason'}>
            {sentence(version.reason)}
          </Notice>
        )}
        {pinned && (
          <Notice tone="warn" title={`${pin.by} pinned the model at this version on ${formatDateTime(pin.at)} UTC`}>
            {sentence(pin.reason)}
          </Notice>
        )}
        <div className={styles.row}>
          <dl className={styles.facts}>
            <Fact name="Trained">{formatDateTime(version.trainedAt)} UTC</Fact>
            <Fact name="Expires">{formatDateTime(version.expiresAt)} UTC</Fact>
            <Fact name="Training run">
              <Link className={styles.link} href={runPath(version)}>
                {version.trainingRun}
              </Link>
            </Fact>
          </dl>
          {comparison}
        </div>
        {HINTS[version.state] && <p className={styles.hint}>{HINTS[version.state]}</p>}
        {version.slot === 'BASELINE' && <p className={styles.hint}>Version 1 is the baseline: it is never replaced, so there is nothing to decide.</p>}
      </div>
    </Panel>
  )
}

const REASONS: Partial<Record<Version['state'], string>> = {
  DECLINED: 'The promotion policy declined it',
  ABANDONED: 'Its promotion was abandoned',
  ARCHIVED: 'It was archived',
}

const HINTS: Partial<Record<Version['state'], string>> = {
  PURGED: 'Purged: its artifact is deleted, so it cannot be promoted. Its history and its predictions are kept.',
  PROMOTING: 'Its lane joins and its past is computed; then the slots change in one step. Decisions are possible when that has ended.',
  REGISTERED: 'Trained and stored; whether it is promoted is not decided yet.',
}

/** Address of the run on the Pipelines page; run ids are `symbol/cycle/family/attempt`. */
function runPath({ id, trainingRun }: Version): string {
  const cycle = trainingRun.split('/')[1]
  const query = new URLSearchParams({ symbol: versionParts(id).symbol, ...(cycle ? { cycle } : {}), run: trainingRun })
  return `/pipelines?${query}`
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}
