import type { CompareChoicesQuery, PredictionKind } from '../../api/generated/graphql'
import { Button } from '../../components/Button'
import filter from '../../components/FilterBar.module.css'
import { Segmented } from '../../components/Segmented'
import { TimeField } from '../../components/TimeField'
import { FAMILY_NAMES, SLOT_TAGS } from '../../lib/family'
import { type Choice, KIND_NAMES, KINDS } from './address'

type Models = CompareChoicesQuery['models']

interface Props {
  choice: Choice
  onChoose: (choice: Choice) => void
  models: Models
  /** Open time of the newest bar. */
  newest: number | undefined
}

const MODES = ['two versions', 'one version, two times'] as const
const SPANS: readonly [string, number][] = [
  ['Last day', 1],
  ['Last week', 7],
  ['Last 30 days', 30],
  ['Last 182 days', 182],
]

/** Chooses what is compared. */
export function CompareForm({ choice, onChoose, models, newest }: Props) {
  const twice = choice.otherFrom !== undefined
  const change = (part: Partial<Choice>) => onChoose({ ...choice, ...part })
  return (
    <form className={filter.filter} onSubmit={(event) => event.preventDefault()} aria-label="What is compared">
      <Segmented
        label="Kind of comparison"
        options={MODES}
        value={MODES[twice ? 1 : 0]}
        onChange={(mode) => change({ otherFrom: mode === MODES[1] ? choice.from - (choice.to - choice.from) : undefined })}
      />
      <VersionSelect label="Version" models={models} value={choice.version} onChange={(version) => change({ version })} />
      <KindSelect label="Its predictions" value={choice.kind} onChange={(kind) => change({ kind, ...(twice ? { otherKind: kind } : {}) })} />
      {!twice && (
        <>
          <VersionSelect label="Other version" models={models} value={choice.other} onChange={(other) => change({ other })} />
          <KindSelect label="Its predictions" value={choice.otherKind} onChange={(otherKind) => change({ otherKind })} />
        </>
      )}
      <TimeField label="From" value={choice.from} onChange={(from) => from !== undefined && change({ from })} />
      <TimeField label="To" value={choice.to} onChange={(to) => to !== undefined && change({ to })} />
      {twice && (
        <TimeField
          label="Other period from"
          hint="As long as the first period, and not overlapping it"
          value={choice.otherFrom}
          onChange={(otherFrom) => otherFrom !== undefined && change({ otherFrom })}
        />
      )}
      {!twice &&
        SPANS.map(([label, days]) => (
          <Button
            key={label}
            disabled={newest === undefined}
            onClick={() => newest !== undefined && change({ from: newest + 60 - days * 86_400, to: newest + 60 })}
          >
            {label}
          </Button>
        ))}
    </form>
  )
}

function VersionSelect(props: { label: string; models: Models; value: string; onChange: (version: string) => void }) {
  return (
    <label>
      {props.label}
      <select value={props.value} onChange={(event) => props.onChange(event.target.value)}>
        {props.models.map(({ family, versions }) => (
          <optgroup key={family} label={FAMILY_NAMES[family]}>
            {versions.map(({ id, number, slot }) => (
              <option key={id} value={id}>
                {FAMILY_NAMES[family]} {number}
                {slot ? ` (${SLOT_TAGS[slot]})` : ''}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
    </label>
  )
}

function KindSelect(props: { label: string; value: PredictionKind; onChange: (kind: PredictionKind) => void }) {
  return (
    <label>
      {props.label}
      <select value={props.value} onChange={(event) => props.onChange(event.target.value as PredictionKind)}>
        {KINDS.map((kind) => (
          <option key={kind} value={kind}>
            {KIND_NAMES[kind]}
          </option>
        ))}
      </select>
    </label>
  )
}
