import type { ReactNode } from 'react'
import type { ModelsQuery } from '../../api/generated/graphql'
import { Badge } from '../../components/Badge'
import { Panel } from '../../components/Panel'
import { FAMILY_NAMES, SLOT_NAMES, SLOT_TAGS } from '../../lib/family'
import { versionParts } from '../../lib/format'
import { LaneCard } from './LaneCard'
import styles from './LaneBoard.module.css'
import { type LastPrediction, lanesOf, type liveAccuracy, type Period } from './lanes'

type Model = ModelsQuery['models'][number]

interface Props {
  models: readonly Model[]
  /** Whether the slots of a past moment are shown. */
  past: boolean
  /** The slots of that moment; absent until they are fetched. */
  periods: readonly Period[] | undefined
  /** The moment of the slots: close of the newest bar, or a past moment; in epoch seconds. */
  now: number | undefined
  chosen: string | undefined
  predictionOf: (version: string) => LastPrediction | undefined
  accuracyOf: (version: string) => ReturnType<typeof liveAccuracy>
  onChoose: (version: string) => void
  actions: ReactNode
}

/** The slots of each family: version, age, state, last prediction and live accuracy; or the slots of a past moment. */
export function LaneBoard({ models, past, periods, actions, onChoose, ...rest }: Props) {
  return (
    <Panel title="Lanes" note={past ? 'slots of a past moment' : 'live accuracy over the last 7 days, out of sample'} actions={actions}>
      <div className={styles.board}>
        {models.map((model) => (
          <section key={model.id} className={styles.family} aria-label={`Lanes of ${FAMILY_NAMES[model.family]}`}>
            <div className={styles.title}>
              <h3>{FAMILY_NAMES[model.family]}</h3>
              {!past && <Standing model={model} />}
            </div>
            <ul className={styles.slots}>
              {lanesOf(model, past ? (periods ?? []) : undefined).map((lane) => (
                <li key={lane.slot} className={`${styles.lane} ${lane.version ? '' : styles.empty}`} data-slot={lane.slot}>
                  <h4 className={styles.slot}>
                    <abbr title={`${SLOT_NAMES[lane.slot]} slot`}>{SLOT_TAGS[lane.slot]}</abbr> {SLOT_NAMES[lane.slot]}
                  </h4>
                  {lane.version ? (
                    <LaneCard
                      family={model.family}
                      version={lane.version}
                      period={lane.period}
                      onChoose={() => onChoose(lane.version!.id)}
                      {...rest}
                    />
                  ) : (
                    <p className={styles.none}>{past && !periods ? 'loading' : 'empty'}</p>
                  )}
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </Panel>
  )
}

/** Pin and promotion under way of a model. */
function Standing({ model }: { model: Model }) {
  const promoting = model.versions.find(({ state }) => state === 'PROMOTING')
  const { pin } = model
  return (
    <>
      {pin && (
        <Badge tone="warn" title={`Pinned by ${pin.by}: ${pin.reason}`}>
          Pinned at version {versionParts(pin.version).number}
        </Badge>
      )}
      {promoting && (
        <Badge tone="accent">
          Promoting version {promoting.number}
          {promoting.backfill?.days != null && `: ${promoting.backfill.daysDone} of ${promoting.backfill.days} days computed`}
        </Badge>
      )}
    </>
  )
}
