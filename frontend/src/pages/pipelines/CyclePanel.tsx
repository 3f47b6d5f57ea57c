import type { ReactNode } from 'react'
import type { CycleFactsFragment, ModelFamily } from '../../api/generated/graphql'
import { Digest } from '../../components/Digest'
import { Notice } from '../../components/Notice'
import { Panel } from '../../components/Panel'
import { StateBadge } from '../../components/StateBadge'
import { FAMILY_NAMES } from '../../lib/family'
import { formatCount, formatDateTime, sentence } from '../../lib/format'
import { useNow } from '../../lib/useNow'
import { CycleGraph } from './CycleGraph'
import styles from './CyclePanel.module.css'
import { CycleTimeline } from './CycleTimeline'
import { withoutLog } from './failure'
import { purposeOf } from './purpose'
import { type CycleVersion, graphOf, type Step } from './steps'
import { timelineOf } from './timeline'

interface Props {
  cycle: CycleFactsFragment
  versions: readonly CycleVersion[]
  /** Cost of its rented machines that are gone, in US dollars; absent until it is fetched. */
  cost: string | undefined
  run: string | undefined
  onRun: (run: string) => void
  actions: ReactNode
}

/** A cycle's steps, failures, timeline and dataset. */
export function CyclePanel({ cycle, versions, cost, run, onRun, actions }: Props) {
  const now = useNow()
  const graph = graphOf(cycle, versions, now)
  const { dataset } = cycle
  return (
    <>
      <Panel
        title={`Cycle ${cycle.number}`}
        note={
          <>
            <StateBadge state={cycle.state} /> {purposeOf(cycle)}, requested {formatDateTime(cycle.requestedAt)} market time
            {Number(cost ?? 0) > 0 && `, machines rented for ${cost} USD`}
          </>
        }
        actions={actions}
      >
        <div className={styles.stack}>
          {cycle.note && (
            <Notice tone={cycle.state === 'CANCELLED' ? 'warn' : 'bad'} title={cycle.state === 'CANCELLED' ? 'It was cancelled' : 'It has no dataset'}>
              {cycle.note}
            </Notice>
          )}
          <CycleGraph graph={graph} chosen={run} onChoose={onRun} />
          <Failures graph={graph} />
        </div>
      </Panel>
      <Panel title="Timeline">
        <CycleTimeline timeline={timelineOf(cycle, versions, now)} />
      </Panel>
      <Panel title="Dataset" note="read by all runs of the cycle">
        {dataset ? (
          <dl className={styles.facts}>
            <Fact name="Bars">
              {formatDateTime(cycle.dataFrom)} to {formatDateTime(cycle.dataTo)} UTC
            </Fact>
            <Fact name="Rows with features">{formatCount(dataset.rows)}</Fact>
            <Fact name="Revisions of bars">{formatCount(dataset.bars)}</Fact>
            <Fact name="Articles">{formatCount(dataset.articles)}</Fact>
            <Fact name="Feature set">{dataset.features}</Fact>
            <Fact name="Log position">
              <code>{dataset.position}</code>
            </Fact>
            <Fact name="Digest">
              <Digest value={dataset.digest} />
            </Fact>
          </dl>
        ) : (
          <p className={styles.none}>
            {cycle.state === 'RUNNING'
              ? `Bars from ${formatDateTime(cycle.dataFrom)} to ${formatDateTime(cycle.dataTo)} UTC are being sliced.`
              : 'No dataset was recorded.'}
          </p>
        )}
      </Panel>
    </>
  )
}

/** Reasons of failed steps and of steps that are not taken. */
function Failures({ graph }: { graph: ReturnType<typeof graphOf> }) {
  const failures = graph.families.flatMap(({ family, steps }) => steps.filter((step) => step.reason).map((step) => ({ family, step })))
  if (failures.length === 0) return null
  return (
    <ul className={styles.failures} aria-label="Reasons">
      {failures.map(({ family, step }) => (
        <Failure key={`${family} ${step.key}`} family={family} step={step} />
      ))}
    </ul>
  )
}

function Failure({ family, step }: { family: ModelFamily; step: Step }) {
  return (
    <li className={step.state === 'failed' ? styles.failed : undefined}>
      <strong>
        {FAMILY_NAMES[family]}, {step.title.toLowerCase()}:
      </strong>{' '}
      {step.reason && sentence(withoutLog(step.reason))}
    </li>
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
