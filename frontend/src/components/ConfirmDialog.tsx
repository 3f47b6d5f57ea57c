import { type ReactNode, useEffect, useId, useRef } from 'react'
import { Button } from './Button'
import styles from './ConfirmDialog.module.css'

interface Props {
  title: string
  children: ReactNode
  /** Label of the confirming button. */
  action: string
  /** Reason why the action is not possible now, if any. */
  hindrance?: string | undefined
  onConfirm: () => void
  onClose: () => void
}

/** A dialog before an irreversible action. Escape and Cancel change nothing. */
export function ConfirmDialog({ title, children, action, hindrance, onConfirm, onClose }: Props) {
  const dialog = useRef<HTMLDialogElement>(null)
  const heading = useId()
  useEffect(() => {
    const shown = dialog.current
    shown?.showModal()
    return () => shown?.close()
  }, [])
  return (
    <dialog
      ref={dialog}
      className={styles.dialog}
      aria-labelledby={heading}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
    >
      <h2 id={heading} className={styles.title}>
        {title}
      </h2>
      <div className={styles.body}>{children}</div>
      {hindrance && (
        <p className={styles.hindrance} role="status">
          {hindrance}
        </p>
      )}
      <div className={styles.actions}>
        <Button onClick={onClose} autoFocus>
          Cancel
        </Button>
        <Button look="primary" disabled={hindrance !== undefined} onClick={onConfirm}>
          {action}
        </Button>
      </div>
    </dialog>
  )
}
