import type { StepState } from './steps'
import styles from './StepMark.module.css'

const SHAPES: Record<StepState, string> = {
  waiting: 'M8 4.5V8l2.4 1.6',
  running: 'M6.4 5v6l4.6-3z',
  done: 'M4.8 8.2l2.2 2.2 4.2-4.6',
  failed: 'M5.5 5.5l5 5m0-5l-5 5',
  skipped: 'M5 8h6',
}

export const STEP_WORDS: Record<StepState, string> = {
  waiting: 'Waiting',
  running: 'Running',
  done: 'Done',
  failed: 'Failed',
  skipped: 'Not reached',
}

/** A step's state as a shape with a colour; the word stands beside it. */
export function StepMark({ state }: { state: StepState }) {
  return (
    <svg className={`${styles.mark} ${styles[state]}`} viewBox="0 0 16 16" aria-hidden="true">
      <circle cx="8" cy="8" r="7" />
      <path d={SHAPES[state]} />
    </svg>
  )
}
