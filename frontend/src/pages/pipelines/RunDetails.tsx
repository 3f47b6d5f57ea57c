import type { ReactNode } from 'react'
import { Link } from 'wouter'
import type { CycleFactsFragment, CycleRunsQuery } from '../../api/generated/graphql'
import { Digest } from '../../components/Digest'
import { Notice } from '../../components/Notice'
import { Panel } from '../../components/Panel'
import { Skeleton } from '../../components/Skeleton'
import { StateBadge } from '../../components/StateBadge'
import { FAMILY_NAMES } from '../../lib/family'
import { formatDateTime, sentence, versionParts } from '../../lib/format'
import { failureOf } from './failure'
import { LearningCurves } from './LearningCurves'
import { Rentals } from './Rentals'
import styles from './RunDetails.module.css'
import { RunReport } from './RunReport'

interface Props {
  run: CycleFactsFragment['runs'][number]
  /** Parameters and learning curves of the run; absent until they are fetched. */
  bulk: CycleRunsQuery['trainingCycles']['edges'][number]['node']['runs'][number] | undefined
  measure: string | undefined
  onMeasure: (measure: string) => void
  /** Button that repeats the run, if it can be repeated. */
  repeat: ReactNode
}

export const runName = ({ family, attempt }: Props['run']): string => `${FAMILY_NAMES[family]}, attempt ${attempt}`

/** Learning curves, machine, parameters and result of a run. */
export function RunDetails({ run, bulk, measure, onMeasure, repeat }: Props) {
  const failure = run.reason ? failureOf(run.reason) : undefined
  return (
    <Panel
      title={runName(run)}
      note={<code>{run.id}</code>}
      actions={
        <>
          <StateBadge state={run.state} />
          {repeat}
        </>
      }
    >
      <div className={styles.stack}>
        {failure && (
          <Notice tone="bad" title={`Attempt ${run.attempt} failed`}>
            {sentence(failure.fault)} {failure.remedy}
          </Notice>
        )}
        {failure && failure.log.length > 0 && (
          <section aria-label="End of the worker's log">
            <h3>End of the worker&apos;s log</h3>
            <pre className={styles.log}>{failure.log.join('\n')}</pre>
          </section>
        )}
        {run.state === 'RUNNING' && <RunReport key={run.id} run={run.id} />}
        {bulk && bulk.rentals.length > 0 && <Rentals rentals={bulk.rentals} />}
        <div className={styles.columns}>
          <section aria-label="Learning curves">
            <h3>Learning curves</h3>
            {!bulk && <Skeleton lines={5} />}
            {bulk && bulk.learningCurves.every((curve) => curve.steps.length === 0) && (
              <p className={styles.none}>
                {run.state === 'WAITING' ? 'They begin when a worker has claimed the run.' : 'The run has reported no metric.'}
              </p>
            )}
            {bulk && <LearningCurves curves={bulk.learningCurves} measure={measure} onMeasure={onMeasure} />}
          </section>
          <section aria-label="Facts of the run">
            <h3>Run</h3>
            <dl className={styles.list}>
              <Item name="Queued">{formatDateTime(run.wall.requested)} UTC</Item>
              {run.wall.begun && <Item name="Claimed">{formatDateTime(run.wall.begun)} UTC</Item>}
              {run.wall.ended && <Item name="Ended">{formatDateTime(run.wall.ended)} UTC</Item>}
              <Item name="Provider">{run.machine?.provider ?? 'none yet'}</Item>
              {run.machine && (
                <Item name="Machine">
                  <code>{run.machine.name}</code>
                  {run.machine.launches > 1 && `, launch ${run.machine.launches}`}
                </Item>
              )}
              {run.artifactDigest && (
                <Item name="Artifact">
                  <Digest value={run.artifactDigest} />
                </Item>
              )}
              {run.reproduced != null && (
                <Item name="Reproduced">{run.reproduced ? 'yes, byte by byte' : 'no, the bundle differs'}</Item>
              )}
              {run.version && (
                <Item name="Version">
                  <Link
                    className={styles.link}
                    href={`/models?symbol=${encodeURIComponent(versionParts(run.version).symbol)}&version=${encodeURIComponent(run.version)}`}
                  >
                    {run.version}
                  </Link>
                </Item>
              )}
            </dl>
            {bulk && bulk.parameters.length > 0 && (
              <>
                <h3>Parameters</h3>
                <dl className={styles.list}>
                  {bulk.parameters.map(({ name: parameter, value }) => (
                    <Item key={parameter} name={parameter}>
                      <code>{value}</code>
                    </Item>
                  ))}
                </dl>
              </>
            )}
          </section>
        </div>
      </div>
    </Panel>
  )
}

function Item({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  )
}
