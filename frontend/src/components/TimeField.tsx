import { fromInput, toInput } from '../lib/localTime'

interface Props {
  label: string
  hint?: string
  /** Epoch seconds. */
  value: number | undefined
  onChange: (seconds: number | undefined) => void
}

/** An input for a time in UTC. */
export function TimeField({ label, hint, value, onChange }: Props) {
  return (
    <label title={hint}>
      {label}, UTC
      <input
        type="datetime-local"
        value={value === undefined ? '' : toInput(value)}
        onChange={(event) => onChange(fromInput(event.target.value))}
      />
    </label>
  )
}
