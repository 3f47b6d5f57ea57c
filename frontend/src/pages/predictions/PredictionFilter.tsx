import type { VersionChoicesQuery } from '../../api/generated/graphql'
import { Button } from '../../components/Button'
import { TimeField } from '../../components/TimeField'
import { familyName, SLOT_TAGS } from '../../lib/family'
import { versionParts } from '../../lib/format'
import styles from './PredictionFilter.module.css'

/** A selection of predictions; times in epoch seconds, from inclusive, to exclusive. */
export interface Choice {
  version: string | undefined
  from: number
  to: number
  asOf: number | undefined
}

type Version = VersionChoicesQuery['models'][number]['versions'][number]

interface Props {
  choice: Choice
  onChoose: (choice: Choice) => void
  versions: readonly Version[]
  /** Open time of the newest bar. */
  newest: number | undefined
}

export function PredictionFilter({ choice, onChoose, versions, newest }: Props) {
  const latest = (hours: number) =>
    newest !== undefined && onChoose({ ...choice, from: newest + 60 - hours * 3_600, to: newest + 60, asOf: undefined })

  return (
    <form className={styles.filter} onSubmit={(event) => event.preventDefault()} aria-label="Selection of predictions">
      <label>
        Version
        <select
          value={choice.version ?? ''}
          onChange={(event) => onChoose({ ...choice, version: event.target.value || undefined })}
        >
          <option value="">All versions</option>
          {versions.map((version) => (
            <option key={version.id} value={version.id}>
              {familyName(versionParts(version.id).family)} {version.number}
              {version.slot ? ` (${SLOT_TAGS[version.slot]})` : ''}
            </option>
          ))}
        </select>
      </label>
      <TimeField label="From" value={choice.from} onChange={(from) => from !== undefined && onChoose({ ...choice, from })} />
      <TimeField label="To" value={choice.to} onChange={(to) => to !== undefined && onChoose({ ...choice, to })} />
      <TimeField
        label="As of"
        hint="Only predictions recorded by this market time"
        value={choice.asOf}
        onChange={(asOf) => onChoose({ ...choice, asOf })}
      />
      <div className={styles.quick}>
        <Button disabled={newest === undefined} onClick={() => latest(1)}>
          Last hour
        </Button>
        <Button disabled={newest === undefined} onClick={() => latest(24)}>
          Last day
        </Button>
        {choice.asOf !== undefined && (
          <Button onClick={() => onChoose({ ...choice, asOf: undefined })}>Clear as of</Button>
        )}
      </div>
    </form>
  )
}
