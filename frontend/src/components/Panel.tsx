import type { ReactNode } from 'react'
import styles from './Panel.module.css'

interface Props {
  title: string
  /** Shown beside the title in muted type. */
  note?: ReactNode
  actions?: ReactNode
  /** The content extends to the edges. */
  flush?: boolean
  children: ReactNode
}

export function Panel({ title, note, actions, flush = false, children }: Props) {
  return (
    <section className={styles.panel} aria-label={title}>
      <header className={styles.header}>
        <h2 className={styles.title}>{title}</h2>
        {note && <span className={styles.note}>{note}</span>}
        {actions && <div className={styles.actions}>{actions}</div>}
      </header>
      <div className={flush ? undefined : styles.body}>{children}</div>
    </section>
  )
}
