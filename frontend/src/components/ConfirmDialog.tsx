import { type ReactNode, useId, useLayoutEffect, useRef, useState } from 'react'
import type { CombinedError } from 'urql'
import { problemOf } from '../api/problem'
import { formatDateTime } from '../lib/format'
import { useMoment } from '../travel/TimeTravel'
import { Button } from './Button'
import styles from './ConfirmDialog.module.css'

/** Longest reason that the server takes, in characters. */
const MAX_REASON = 500

interface Props {
  title: string
  children: ReactNode
  /** Label of the confirming button. */
  action: string
  /** Question for a reason that is required and recorded; absent if the action needs none. */
  reason?: string
  /** Reason why the action is not possible now, if any. */
  hindrance?: string | undefined
  /** Carries the action out; an error stays in the dialog, without one it closes. The reason is empty unless asked for. */
  onConfirm: (reason: string) => Promise<CombinedError | undefined>
  onClose: () => void
}

/** A dialog before an action. Escape and Cancel change nothing; a refusal is shown in the server's words. */
export function ConfirmDialog({ title, children, action, reason, hindrance: given, onConfirm, onClose }: Props) {
  const moment = useMoment()
  const hindrance =
    moment === undefined ? given : `The page shows ${formatDateTime(moment)} UTC. Actions are possible at now only.`
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useId()
  const [words, setWords] = useState('')
  const [sending, setSending] = useState(false)
  const [error, setError] = useState<CombinedError>()
  // A layout effect closes it before it is removed, so that the browser returns the focus to where it was.
  useLayoutEffect(() => {
    const shown = dialog.current
    shown?.showModal()
    return () => shown?.close()
  }, [])
  const problem = error && problemOf(error)
  const unready = hindrance !== undefined || sending || (reason !== undefined && words.trim() === '')

  async function confirm() {
    if (unready) return
    setSending(true)
    setError(undefined)
    const refused = await onConfirm(words.trim())
    setSending(false)
    if (refused) setError(refused)
    else onClose()
  }

  return (
    <dialog
      ref={dialog}
      className={styles.dialog}
      aria-labelledby={`${id}title`}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void confirm()
        }}
      >
        <h2 id={`${id}title`} className={styles.title}>
          {title}
        </h2>
        <div className={styles.body}>{children}</div>
        {reason !== undefined && (
          <label className={styles.reason}>
            {reason}
            <input
              value={words}
              maxLength={MAX_REASON}
              required
              autoFocus
              autoComplete="off"
              aria-describedby={`${id}hint`}
              onChange={(event) => setWords(event.target.value)}
            />
            <span id={`${id}hint`}>Required. Recorded with the action, up to {MAX_REASON} characters.</span>
          </label>
        )}
        {hindrance && (
          <p className={styles.hindrance} role="status">
            {hindrance}
          </p>
        )}
        {problem && (
          <p className={styles.refused} role="alert">
            {problem.title === 'The server refused' ? '' : `${problem.title}. `}
            {problem.message}
          </p>
        )}
        <div className={styles.actions}>
          <Button onClick={onClose} autoFocus={reason === undefined}>
            Cancel
          </Button>
          <Button type="submit" look="primary" disabled={unready}>
            {sending ? 'Sending…' : action}
          </Button>
        </div>
      </form>
    </dialog>
  )
}
