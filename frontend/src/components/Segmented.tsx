import { useId } from 'react'
import styles from './Segmented.module.css'

interface Props<T extends string> {
  label: string
  options: readonly T[]
  value: T | undefined
  onChange: (value: T) => void
  titleOf?: (value: T) => string
  /** Label of an option, by default the value. */
  nameOf?: (value: T) => string
}

/** A choice of one of a few options as radio buttons; arrow keys move between them. */
export function Segmented<T extends string>({ label, options, value, onChange, titleOf, nameOf = (option) => option }: Props<T>) {
  const name = useId()
  return (
    <fieldset className={styles.group}>
      <legend className="visually-hidden">{label}</legend>
      {options.map((option) => (
        <label key={option} className={styles.option} title={titleOf?.(option)}>
          <input
            type="radio"
            name={name}
            value={option}
            checked={option === value}
            onChange={() => onChange(option)}
            // Clicking the selected period again resets a view that was panned away from it.
            onClick={() => option === value && onChange(option)}
          />
          <span>{nameOf(option)}</span>
        </label>
      ))}
    </fieldset>
  )
}
