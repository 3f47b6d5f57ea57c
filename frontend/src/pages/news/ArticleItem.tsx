import { memo } from 'react'
import { Button } from '../../components/Button'
import styles from './ArticleItem.module.css'
import type { Article } from './articles'
import { Byline } from './Byline'
import { Judgement } from './Judgement'
import { Original } from './Original'
import { type Judged, judge, type Slots } from './verdicts'

interface Props {
  article: Article
  original: string | undefined
  /** The selected symbol, or all symbols of the article. */
  symbol: string | undefined
  slots: Slots | undefined
  reactionMinutes: number
  /** Whether the reaction is not yet measured. */
  awaited: boolean
  open: boolean
  fresh: boolean
  onOpen: (id: string | undefined) => void
}

export const ArticleItem = memo(function ArticleItem({ article, original, symbol, slots, reactionMinutes, awaited, open, fresh, onOpen }: Props) {
  const judged: Judged[] = judge(article, symbol === undefined ? article.symbols : [symbol], slots)
  return (
    <li
      className={`${styles.item} ${open ? styles.open : ''} ${fresh ? styles.fresh : ''}`}
      data-testid="article"
      data-article={article.id}
    >
      <div className={styles.text}>
        <div className={styles.head}>
          <Byline article={article} original={original} onOpen={onOpen} fresh={fresh} />
          <Button
            className={styles.read}
            aria-expanded={open}
            aria-label={`${open ? 'Close' : 'Read'} “${article.title}”`}
            onClick={() => onOpen(open ? undefined : article.id)}
          >
            {open ? 'Close' : 'Read'}
          </Button>
        </div>
        <h3 className={styles.title}>
          <Original url={article.url}>{article.title}</Original>
        </h3>
        <Excerpt article={article} />
      </div>
      <div>
        {judged.map((each) => (
          <Judgement key={each.symbol} judged={each} publishedAt={article.publishedAt} reactionMinutes={reactionMinutes} awaited={awaited} named={judged.length > 1} />
        ))}
      </div>
    </li>
  )
})

/** Shows the matches of a search, or else the summary. */
function Excerpt({ article: { snippet, summary } }: { article: Article }) {
  if (snippet.length === 0) return summary ? <p className={styles.summary}>{summary}</p> : null
  return (
    <p className={styles.summary} data-testid="snippet">
      {snippet.map(({ text, match }, i) => (match ? <mark key={i}>{text}</mark> : <span key={i}>{text}</span>))}
    </p>
  )
}
