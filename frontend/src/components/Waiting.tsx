import type { ReactNode } from 'react'
import styles from './Waiting.module.css'

/** An empty page with the reason why it is empty. */
export function Waiting({ title, children, busy = true }: { title: string; children?: ReactNode; busy?: boolean }) {
  return (
    <div className={styles.waiting} role="status">
      <svg className={busy ? styles.busy : styles.still} viewBox="0 0 48 24" aria-hidden="true">
        <path d="M2 18 12 10l8 5 10-11 8 7 8-5" pathLength="1" />
      </svg>
      <h2 className={styles.title}>{title}</h2>
      {children && <div className={styles.body}>{children}</div>}
    </div>
  )
}
