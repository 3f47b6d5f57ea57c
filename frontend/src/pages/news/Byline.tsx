import { Badge } from '../../components/Badge'
import { formatDateTime, formatDuration } from '../../lib/format'
import type { Article } from './articles'
import styles from './Byline.module.css'
import { seenLate } from './verdicts'

interface Props {
  article: Article
  /** Title of the repeated article, if it is loaded. */
  original: string | undefined
  onOpen: (id: string) => void
  fresh?: boolean
}

/** Shows an article's source, its publication and first-seen times, and its corrections. */
export function Byline({ article, original, onOpen, fresh = false }: Props) {
  const late = seenLate(article)
  const { duplicateOf, revision } = article
  return (
    <div className={styles.byline}>
      {article.channel.startsWith('synthetic:') && (
        <Badge tone="warn" title="This article is generated and was never published.">
          SYNTHETIC
        </Badge>
      )}
      {fresh && <Badge tone="accent">NEW</Badge>}
      <span className={styles.source} title={`Received from ${article.channel}`}>
        {article.source}
      </span>
      <time
        dateTime={article.publishedAt}
        title={article.publishedEstimated ? 'Estimated from an imprecise date: published at this time at the latest' : 'Time of publication'}
      >
        {formatDateTime(article.publishedAt)}
        {article.publishedEstimated && <small> estimated</small>}
      </time>
      {late !== undefined && (
        <span title={`First seen here ${formatDateTime(article.firstSeenAt)} UTC; not visible before`}>
          seen {late > 0 ? `${formatDuration(late)} later` : `${formatDuration(-late)} before`}, at{' '}
          <time dateTime={article.firstSeenAt}>{formatDateTime(article.firstSeenAt)}</time>
        </span>
      )}
      {revision > 0 && (
        <Badge tone="warn" title={`Corrected by its publisher ${revision === 1 ? 'once' : `${revision} times`} since it was first seen`}>
          {revision === 1 ? 'corrected' : `corrected ×${revision}`}
        </Badge>
      )}
      {duplicateOf && (
        <button type="button" className={styles.repeats} onClick={() => onOpen(duplicateOf)}>
          repeats {original ? `“${original}”` : 'an earlier article'}
        </button>
      )}
    </div>
  )
}
