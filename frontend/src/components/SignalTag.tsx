import type { Signal } from '../api/generated/graphql'
import styles from './SignalTag.module.css'

const SHAPES: Record<Signal, string> = { BUY: 'M1 8 5 1l4 7z', SELL: 'M1 2h8L5 9z', HOLD: 'M1 4h8v2H1z' }

/** A signal, distinguished by shape and word as well as by colour. */
export function SignalTag({ signal, large = false }: { signal: Signal; large?: boolean }) {
  return (
    <span className={`${styles.tag} ${styles[signal]} ${large ? styles.large : ''}`}>
      <svg viewBox="0 0 10 10" aria-hidden="true">
        <path d={SHAPES[signal]} />
      </svg>
      {signal}
    </span>
  )
}
