import type { ReactNode } from 'react'
import styles from './Toggle.module.css'

interface Props {
  pressed: boolean
  onChange: (pressed: boolean) => void
  /** Theme colour of the mark, such as `--ema-fast`. */
  mark?: string
  title?: string
  disabled?: boolean
  children: ReactNode
}

export function Toggle({ pressed, onChange, mark, title, disabled, children }: Props) {
  return (
    <button
      type="button"
      className={styles.toggle}
      aria-pressed={pressed}
      title={title}
      disabled={disabled}
      onClick={() => onChange(!pressed)}
    >
      {mark && <span className={styles.mark} style={{ background: `var(${mark})` }} aria-hidden="true" />}
      {children}
    </button>
  )
}
