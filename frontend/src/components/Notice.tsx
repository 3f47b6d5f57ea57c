import type { ReactNode } from 'react'
import type { CombinedError } from 'urql'
import { problemOf } from '../api/problem'
import styles from './Notice.module.css'

interface Props {
  tone?: 'bad' | 'warn' | 'info'
  title: string
  children?: ReactNode
  action?: ReactNode
}

export function Notice({ tone = 'info', title, children, action }: Props) {
  return (
    <div className={`${styles.notice} ${styles[tone]}`} role={tone === 'bad' ? 'alert' : 'status'}>
      <div className={styles.text}>
        <strong>{title}</strong>
        {children && <div className={styles.body}>{children}</div>}
      </div>
      {action && <div className={styles.action}>{action}</div>}
    </div>
  )
}

/** An error of the API in the server's words. */
export function Problem({ error, retry }: { error: CombinedError; retry?: () => void }) {
  const { title, message, code } = problemOf(error)
  return (
    <Notice
      tone="bad"
      title={title}
      action={
        retry && (
          <button type="button" className={styles.button} onClick={retry}>
            Try again
          </button>
        )
      }
    >
      {message} {code && !message.includes(code) && <code>{code}</code>}
    </Notice>
  )
}
