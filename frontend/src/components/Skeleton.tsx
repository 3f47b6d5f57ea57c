import styles from './Skeleton.module.css'

/** Grey bars in the place of content that is being fetched. */
export function Skeleton({ lines = 3 }: { lines?: number }) {
  return (
    <div className={styles.skeleton} aria-busy="true" aria-label="Loading">
      {Array.from({ length: lines }, (_, i) => (
        <div key={i} className={styles.line} style={{ width: `${92 - ((i * 23) % 40)}%` }} />
      ))}
    </div>
  )
}
