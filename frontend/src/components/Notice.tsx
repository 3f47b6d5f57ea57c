import type { ReactNode } from 'react'
import type { CombinedError } from 'urql'
import { problemOf } from '../api/problem'
import { formatDuration } from '../lib/format'
import { useNow } from '../lib/useNow'
import styles from './Notice.module.css'

interface Props {
  tone?: 'bad' | 'warn' | 'info'
  title: ReactNode
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

interface ProblemProps {
  error: CombinedError
  retry?: (() => void) | undefined
  /** When what is shown instead was known, in epoch milliseconds; absent if nothing is shown. */
  shown?: number | undefined
}

/** An error of the API in the server's words; of what is shown in spite of it, the age. */
export function Problem({ error, retry, shown }: ProblemProps) {
  const { title, message, code } = problemOf(error)
  return (
    <Notice
      tone={shown === undefined ? 'bad' : 'warn'}
      title={shown === undefined ? title : <Age since={shown} />}
      action={
        retry && (
          <button type="button" className={styles.button} onClick={retry}>
            Try again
          </button>
        )
      }
    >
      {shown !== undefined && `${title}: `}
      {message} {code && !message.includes(code) && <code>{code}</code>}
    </Notice>
  )
}

/** Not a live region's business: read out once, not each second. */
function Age({ since }: { since: number }) {
  const now = useNow()
  return (
    <>
      Not up to date
      <span aria-hidden="true" data-testid="age">
        {' '}
        for {formatDuration(Math.max(0, Math.round((now - since) / 1000)))}
      </span>
    </>
  )
}
