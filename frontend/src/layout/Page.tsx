import { type ReactNode, useEffect } from 'react'
import styles from './Page.module.css'

interface Props {
  title: string
  /** Shown beside the title. */
  actions?: ReactNode
  /** The page is one screen high and its parts scroll. */
  fill?: boolean
  hideTitle?: boolean
  children: ReactNode
}

export function Page({ title, actions, fill = false, hideTitle = false, children }: Props) {
  useEffect(() => {
    document.title = title === 'Hindcast' ? title : `${title} · Hindcast`
  }, [title])
  return (
    <main className={`${styles.page} ${fill ? styles.fill : ''}`} data-fill={fill || undefined}>
      <div className={hideTitle ? 'visually-hidden' : styles.heading}>
        <h1 className={styles.title}>{title}</h1>
        {actions && <div className={styles.actions}>{actions}</div>}
      </div>
      {children}
    </main>
  )
}
