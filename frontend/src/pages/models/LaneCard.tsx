import type { ModelFamily, VersionFactsFragment } from '../../api/generated/graphql'
import { Badge } from '../../components/Badge'
import { SignalTag } from '../../components/SignalTag'
import { StateBadge } from '../../components/StateBadge'
import { FAMILY_NAMES } from '../../lib/family'
import { formatDateTime, formatDuration, formatPercent, formatSigned } from '../../lib/format'
import { toSeconds } from '../../lib/period'
import styles from './LaneBoard.module.css'
import type { LastPrediction, liveAccuracy, Period } from './lanes'

interface Props {
  family: ModelFamily
  version: VersionFactsFragment
  /** The period in which it was live in the slot; absent for the slots of now. */
  period: Period | undefined
  now: number | undefined
  chosen: string | undefined
  predictionOf: (version: string) => LastPrediction | undefined
  accuracyOf: (version: string) => ReturnType<typeof liveAccuracy>
  onChoose: () => void
}

/** A version in a slot; the whole card is a button that shows the version. */
export function LaneCard({ family, version, period, now, chosen, predictionOf, accuracyOf, onChoose }: Props) {
  return (
    <>
      <div className={styles.head}>
        <button
          type="button"
          className={styles.version}
          aria-pressed={version.id === chosen}
          aria-label={`${FAMILY_NAMES[family]}, show version ${version.number}`}
          onClick={onChoose}
        >
          {version.number}
        </button>
        <StateBadge state={version.state} />
        {period && <span className={styles.when}>now</span>}
        {!period && version.expired && <Badge tone="warn">Expired</Badge>}
      </div>
      <dl className={styles.facts}>
        <dt>Age</dt>
        <dd title={`Trained ${formatDateTime(version.trainedAt)} UTC`}>
          {now === undefined ? '–' : formatDuration(Math.max(0, now - toSeconds(version.trainedAt)))}
        </dd>
        {period ? <Past period={period} /> : <Present family={family} last={predictionOf(version.id)} live={accuracyOf(version.id)} />}
      </dl>
    </>
  )
}

function Past({ period }: { period: Period }) {
  return (
    <>
      <dt>From</dt>
      <dd>{formatDateTime(period.from)}</dd>
      <dt>To</dt>
      <dd>{period.to ? formatDateTime(period.to) : 'still live there'}</dd>
    </>
  )
}

function Present({ family, last, live }: { family: ModelFamily; last: LastPrediction | undefined; live: ReturnType<typeof liveAccuracy> }) {
  const edge = live && live.accuracy - live.majority
  return (
    <>
      <dt>Last</dt>
      <dd>
        {last ? (
          <>
            <SignalTag signal={last.signal} /> <span className={styles.when}>{formatDateTime(last.at)}</span>
          </>
        ) : (
          '–'
        )}
      </dd>
      <dt>Accuracy</dt>
      <dd title={live && `${live.resolved.toLocaleString('en-US')} predictions with an outcome`}>
        {live ? (
          <>
            <strong>{formatPercent(live.accuracy)}</strong>{' '}
            <span className={edge! > 0 ? styles.good : edge! < 0 ? styles.bad : undefined}>{formatSigned(edge, 1).replace(' %', ' pp')}</span>{' '}
            <span className={styles.when}>majority {formatPercent(live.majority)}</span>
          </>
        ) : family === 'TRL' ? (
          <span className={styles.when}>see the News page</span>
        ) : (
          '–'
        )}
      </dd>
    </>
  )
}
