import type { ModelsQuery } from '../../api/generated/graphql'
import { Badge } from '../../components/Badge'
import { Panel } from '../../components/Panel'
import { SignalTag } from '../../components/SignalTag'
import { StateBadge } from '../../components/StateBadge'
import { FAMILY_NAMES, SLOT_NAMES, SLOT_TAGS } from '../../lib/family'
import { formatDateTime, formatDuration, formatPercent, formatSigned } from '../../lib/format'
import { toSeconds } from '../../lib/period'
import type { LastPrediction, liveAccuracy } from './lanes'
import styles from './LaneBoard.module.css'

type Model = ModelsQuery['models'][number]
type Version = Model['versions'][number]
const ORDER = ['BASELINE', 'PREVIOUS', 'CURRENT'] as const

interface Props {
  models: readonly Model[]
  /** Close of the newest bar, in epoch seconds. */
  now: number | undefined
  chosen: string | undefined
  predictionOf: (version: string) => LastPrediction | undefined
  accuracyOf: (version: string) => ReturnType<typeof liveAccuracy>
  onChoose: (version: string) => void
}

/** The slots of each family: version, age, state, last prediction and live accuracy. */
export function LaneBoard({ models, onChoose, ...rest }: Props) {
  return (
    <Panel title="Lanes" note="live accuracy over the last 7 days, out of sample">
      <div className={styles.board}>
        {models.map((model) => (
          <section key={model.id} className={styles.family} aria-label={`Lanes of ${FAMILY_NAMES[model.family]}`}>
            <h3>{FAMILY_NAMES[model.family]}</h3>
            <ul className={styles.slots}>
              {ORDER.map((slot) => {
                const version = model.versions.find((v) => v.slot === slot)
                return (
                  <li key={slot} className={`${styles.lane} ${version ? '' : styles.empty}`} data-slot={slot}>
                    <h4 className={styles.slot}>
                      <abbr title={`${SLOT_NAMES[slot]} slot`}>{SLOT_TAGS[slot]}</abbr> {SLOT_NAMES[slot]}
                    </h4>
                    {version ? (
                      <Lane model={model} version={version} onChoose={() => onChoose(version.id)} {...rest} />
                    ) : (
                      <p className={styles.none}>empty</p>
                    )}
                  </li>
                )
              })}
            </ul>
          </section>
        ))}
      </div>
    </Panel>
  )
}

interface LaneProps extends Omit<Props, 'models' | 'onChoose'> {
  model: Model
  version: Version
  onChoose: () => void
}

function Lane({ model, version, now, chosen, predictionOf, accuracyOf, onChoose }: LaneProps) {
  const last = predictionOf(version.id)
  const live = accuracyOf(version.id)
  const edge = live && live.accuracy - live.majority
  return (
    <>
      <div className={styles.head}>
        <button
          type="button"
          className={styles.version}
          aria-pressed={version.id === chosen}
          aria-label={`${FAMILY_NAMES[model.family]}, show version ${version.number}`}
          onClick={onChoose}
        >
          {version.number}
        </button>
        <StateBadge state={version.state} />
        {version.expired && <Badge tone="warn">Expired</Badge>}
      </div>
      <dl className={styles.facts}>
        <dt>Age</dt>
        <dd title={`Trained ${formatDateTime(version.trainedAt)} UTC`}>
          {now === undefined ? '–' : formatDuration(Math.max(0, now - toSeconds(version.trainedAt)))}
        </dd>
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
              <span className={edge! > 0 ? styles.good : edge! < 0 ? styles.bad : undefined}>
                {formatSigned(edge, 1).replace(' %', ' pp')}
              </span>{' '}
              <span className={styles.when}>majority {formatPercent(live.majority)}</span>
            </>
          ) : model.family === 'TRL' ? (
            <span className={styles.when}>see the News page</span>
          ) : (
            '–'
          )}
        </dd>
      </dl>
    </>
  )
}
