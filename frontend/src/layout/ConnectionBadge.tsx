import { useEffect, useState } from 'react'
import { useConnection } from '../api/ApiProvider'
import styles from './ConnectionBadge.module.css'

/** Whether what is shown is live, and if not, what is being done about it. */
export function ConnectionBadge() {
  const connection = useConnection()
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    if (connection.state !== 'waiting') return
    setNow(Date.now())
    const timer = setInterval(() => setNow(Date.now()), 500)
    return () => clearInterval(timer)
  }, [connection])

  const seconds = connection.state === 'waiting' ? Math.max(0, Math.ceil((connection.until - now) / 1000)) : 0
  const text =
    connection.state === 'live'
      ? 'Live'
      : connection.state === 'connecting'
        ? 'Connecting…'
        : seconds > 0
          ? `Offline, retry in ${seconds} s`
          : 'Reconnecting…'
  return (
    <span className={`${styles.badge} ${styles[connection.state]}`} role="status" data-connection={connection.state}>
      <span className={styles.dot} aria-hidden="true" />
      {text}
    </span>
  )
}
