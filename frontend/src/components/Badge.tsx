import type { ReactNode } from 'react'
import styles from './Badge.module.css'

export type Tone = 'plain' | 'accent' | 'good' | 'bad' | 'warn'

export function Badge({ tone = 'plain', title, children }: { tone?: Tone; title?: string; children: ReactNode }) {
  return (
    <span className={`${styles.badge} ${styles[tone]}`} title={title}>
      {children}
    </span>
  )
}
