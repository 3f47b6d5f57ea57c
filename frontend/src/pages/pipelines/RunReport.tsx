import { RunReportDocument } from '../../api/generated/graphql'
import { useFresh } from '../../api/useFresh'
import { formatDuration } from '../../lib/format'
import { useMoment } from '../../travel/TimeTravel'
import styles from './RunDetails.module.css'

/** The progress of a running run and the end of its worker's log, as the worker reports them. */
export function RunReport({ run }: { run: string }) {
  const past = useMoment() !== undefined
  const [{ data, error }] = useFresh(RunReportDocument, { run }, { every: 2_000, skip: past })
  const report = data?.runReport
  if (past) return <p className={styles.none}>Reports of workers are not recorded, so there is none of the past.</p>
  if (!report) {
    return <p className={styles.none}>{error ? 'The worker\u2019s report cannot be read now; the run goes on.' : 'The worker has not reported yet.'}</p>
  }
  const rounds = report.of > 0 ? `, ${report.done} of ${report.of} ${report.unit}` : ''
  return (
    <section aria-label="Worker">
      <h3>Worker</h3>
      <p className={styles.progress}>
        {report.activity}
        {rounds}
        {report.note && `, ${report.note}`} <span className={styles.none}>({formatDuration(report.age)} ago)</span>
      </p>
      {report.log.length > 0 && (
        <pre className={styles.log} tabIndex={0} aria-label="End of the worker&apos;s log">
          {report.log.join('\n')}
        </pre>
      )}
    </section>
  )
}
