import { Badge } from '../../components/Badge'
import { formatDateTime, formatDuration } from '../../lib/format'
import type { Article } from './articles'
import styles from './Byline.module.css'
import { seenLate } from './verdicts'

interface Props {
  article: Article
  /** Title of the article that it repeats, where it is at hand. */
  original: string | undefined
  onOpen: (id: string) => void
  fresh?: boolean
}

/** Who published it, when, when it was known here, and what became of it since. */
export function Byline({ article, original, onOpen, fresh = false }: Props) {
  const late = seenLate(article)
  const { duplicateOf, revision } = article
  return (
    <div className={styles.byline}>
      {article.channel.startsWith('synthetic:') && (
        <Badge tone="warn" title="This article is generated. Nobody ever published it.">
          SYNTHETIC
        </Badge>
      )}
      {fresh && <Badge tone="accent">NEW</Badge>}
      <span className={styles.source} title={`Came by ${article.channel}`}>
        {article.source}
      </span>
      <time
        dateTime={article.publishedAt}
        title={article.publishedEstimated ? 'Its date says less than the moment: published by then at the latest' : 'When it was published'}
      >
        {formatDateTime(article.publishedAt)}
        {article.publishedEstimated && <small> estimated</small>}
      </time>
      {late !== undefined && (
        <span title={`First seen here ${formatDateTime(article.firstSeenAt)} UTC; nothing knew of it before`}>
          seen {late > 0 ? `${formatDuration(late)} later` : `${formatDuration(-late)} before`}, at{' '}
          <time dateTime={article.firstSeenAt}>{formatDateTime(article.firstSeenAt)}</time>
        </span>
      )}
      {revision > 0 && (
        <Badge tone="warn" title={`Its publisher changed it ${revision === 1 ? 'once' : `${revision} times`} since it was first seen`}>
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
