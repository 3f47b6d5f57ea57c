import { Button } from '../../components/Button'
import filter from '../../components/FilterBar.module.css'
import { TimeField } from '../../components/TimeField'

interface Props {
  /** The past moment in epoch seconds; absent for now. */
  value: number | undefined
  onChange: (seconds: number | undefined) => void
}

/** Chooses the moment whose slots are shown. */
export function SlotsAsOf({ value, onChange }: Props) {
  return (
    <div className={filter.filter}>
      <TimeField label="Slots as of" hint="Market time; empty for the slots of now" value={value} onChange={onChange} />
      {value !== undefined && <Button onClick={() => onChange(undefined)}>Now</Button>}
    </div>
  )
}
