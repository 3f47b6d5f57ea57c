import type { CombinedError } from 'urql'
import { problemOf } from '../api/problem'
import { formatDuration } from '../lib/format'
import { useNow } from '../lib/useNow'
import { Notice } from './Notice'
import styles from './Problem.module.css'

interface Props {
  error: CombinedError
  retry?: (() => void) | undefined
  /** Arrival time of the data shown despite the error, in epoch milliseconds; absent if none are shown. */
  shown?: number | undefined
}

/** Shows an error of the API in the server's words, and the age of the data shown despite it. */
export function Problem({ error, retry, shown }: Props) {
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

/** Age of the data, hidden from screen readers, which would read it every second. */
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
