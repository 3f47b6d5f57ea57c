import { OutagesDocument, type OutagesQuery } from '../api/generated/graphql'
import { useFresh } from '../api/useFresh'
import { Badge } from '../components/Badge'
import { Button } from '../components/Button'
import { formatDateTime } from '../lib/format'
import { useStored } from '../lib/useStored'
import styles from './OutageBanner.module.css'

type Outage = OutagesQuery['outages'][number]

const POLL = 10_000
/** Maximum number of remembered dismissals; the server drops its oldest losses too. */
const REMEMBERED = 400
const isNames = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((name) => typeof name === 'string')

/** Shows outages and losses, each with its remedy. */
export function OutageBanner() {
  const [{ data }] = useFresh(OutagesDocument, {}, { every: POLL })
  const [dismissed, setDismissed] = useStored<readonly string[]>('dismissedLosses', [], isNames)
  const outages = data?.outages ?? []
  const down = outages.filter(({ severity }) => severity === 'DOWN')
  const degraded = outages.filter(({ severity }) => severity === 'DEGRADED')
  const lost = outages.filter((outage) => outage.severity === 'LOST' && !dismissed.includes(nameOf(outage)))
  const dismiss = (losses: readonly Outage[]) => setDismissed([...dismissed, ...losses.map(nameOf)].slice(-REMEMBERED))

  return (
    <section className={styles.banner} aria-label="Outages">
      {/* Both exist while empty, because only then are new lines read out. */}
      <div role="alert" className={styles.down}>
        <Lines outages={down} />
      </div>
      <div role="status" className={styles.degraded}>
        <Lines outages={degraded} />
      </div>
      {lost.length > 0 && (
        <details className={styles.lost}>
          <summary>{lost.length === 1 ? '1 thing was given up' : `${lost.length} things were given up`}</summary>
          <Lines outages={lost} onDismiss={(outage) => dismiss([outage])} />
          {lost.length > 1 && <Button onClick={() => dismiss(lost)}>Dismiss all</Button>}
        </details>
      )}
    </section>
  )
}

const nameOf = ({ part, problem, since }: Outage): string => `${since} ${part} ${problem}`

function Lines({ outages, onDismiss }: { outages: readonly Outage[]; onDismiss?: (outage: Outage) => void }) {
  if (outages.length === 0) return null
  return (
    <ul>
      {outages.map((outage) => (
        <Line key={nameOf(outage)} outage={outage} {...(onDismiss && { onDismiss: () => onDismiss(outage) })} />
      ))}
    </ul>
  )
}

function Line({ outage: { part, severity, problem, remedy, since }, onDismiss }: { outage: Outage; onDismiss?: () => void }) {
  return (
    <li className={styles.line}>
      <Badge tone={severity === 'DOWN' ? 'bad' : severity === 'DEGRADED' ? 'warn' : 'plain'}>{severity}</Badge>
      <span className={styles.words}>
        <strong>{part}:</strong> {problem} <em>{remedy}</em>
      </span>
      <time className={styles.since} dateTime={since}>
        {severity === 'LOST' ? '' : 'since '}
        {formatDateTime(since)} UTC
      </time>
      {onDismiss && (
        <Button aria-label={`Dismiss: ${part}`} onClick={onDismiss}>
          Dismiss
        </Button>
      )}
    </li>
  )
}
