import { useState } from 'react'
import styles from './FeeInput.module.css'

interface Props {
  /** Fee per trade as a fraction of the traded amount. */
  rate: number
  onChange: (rate: number) => void
}

const MOST = 10

/** An input for the fee per trade in percent; takes effect when it is a number from 0 to 10. */
export function FeeInput({ rate, onChange }: Props) {
  const [text, setText] = useState(() => String(Number((rate * 100).toFixed(6))))
  const percent = text.trim() === '' ? Number.NaN : Number(text.replace(',', '.'))
  const valid = percent >= 0 && percent <= MOST

  return (
    <label className={styles.fee} title="Fee per trade, in percent of the traded amount">
      Fee
      <input
        value={text}
        inputMode="decimal"
        aria-label="Fee per trade in percent"
        aria-invalid={!valid}
        title={valid ? undefined : `A percentage from 0 to ${MOST}`}
        onChange={(event) => {
          setText(event.target.value)
          const next = Number(event.target.value.replace(',', '.'))
          if (event.target.value.trim() !== '' && next >= 0 && next <= MOST) onChange(next / 100)
        }}
      />
      %
    </label>
  )
}
