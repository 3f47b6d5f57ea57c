import { useState } from 'react'
import styles from './Digest.module.css'

/** Shows the start of a digest; a click copies all of it. */
export function Digest({ value }: { value: string }) {
  const [copied, setCopied] = useState(false)
  const copy = () =>
    navigator.clipboard.writeText(value).then(
      () => {
        setCopied(true)
        setTimeout(() => setCopied(false), 1_500)
      },
      () => setCopied(false),
    )
  return (
    <button type="button" className={styles.digest} title={`${value}\nClick to copy`} aria-label={`Copy digest ${value.slice(0, 12)}`} onClick={() => void copy()}>
      <code>{copied ? 'copied' : `${value.slice(0, 12)}…`}</code>
    </button>
  )
}
