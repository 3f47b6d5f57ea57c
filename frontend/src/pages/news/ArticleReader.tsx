import { useEffect, useRef } from 'react'
import { ArticleTextDocument } from '../../api/generated/graphql'
import { TRANSIENT } from '../../api/passTransient'
import { useFresh } from '../../api/useFresh'
import { Badge } from '../../components/Badge'
import { Button } from '../../components/Button'
import { Problem } from '../../components/Problem'
import { Panel } from '../../components/Panel'
import { Skeleton } from '../../components/Skeleton'
import { Waiting } from '../../components/Waiting'
import styles from './ArticleReader.module.css'
import { Byline } from './Byline'
import { Judgement } from './Judgement'
import { Original } from './Original'
import { judge, reactionDue, type Slots } from './verdicts'

interface Props {
  id: string
  /** Number of changes of this article so far. */
  changes: number
  originalOf: (id: string) => string | undefined
  slots: Slots | undefined
  /** Market time, in epoch seconds. */
  now: number
  reactionMinutes: number
  onOpen: (id: string) => void
  onClose: () => void
}

/** Shows one article with its text. */
export function ArticleReader({ id, changes, originalOf, slots, now, reactionMinutes, onOpen, onClose }: Props) {
  const [result, retry] = useFresh(ArticleTextDocument, { id }, { when: changes, context: TRANSIENT })
  const found = result.data?.article
  const article = found?.id === id ? found : undefined
  const heading = useRef<HTMLHeadingElement>(null)
  const shown = article?.id
  useEffect(() => heading.current?.focus({ preventScroll: true }), [shown])

  const judged = article ? judge(article, article.symbols, slots) : []
  return (
    <Panel
      title="Article"
      note={article?.symbols.map((symbol) => <Badge key={symbol}>{symbol}</Badge>)}
      actions={<Button onClick={onClose}>Close</Button>}
    >
      {result.error && <Problem error={result.error} retry={retry} shown={result.answeredAt} />}
      {!article && !result.error && (result.data && !result.fetching ? <Unknown /> : <Skeleton lines={8} />)}
      {article && (
        <article className={styles.reader} data-testid="reader">
          <h3 className={styles.title} ref={heading} tabIndex={-1}>
            <Original url={article.url}>{article.title}</Original>
          </h3>
          <Byline article={article} original={article.duplicateOf ? originalOf(article.duplicateOf) : undefined} onOpen={onOpen} />
          <div className={styles.judged}>
            {judged.map((each) => (
              <Judgement key={each.symbol} judged={each} publishedAt={article.publishedAt} reactionMinutes={reactionMinutes} awaited={reactionDue(article.publishedAt, reactionMinutes) > now} named={judged.length > 1} />
            ))}
          </div>
          <div className={styles.body}>
            {article.summary && <p className={styles.summary}>{article.summary}</p>}
            {article.body
              ?.split(/\n\s*\n/)
              .filter((paragraph) => paragraph.trim())
              .map((paragraph, i) => <p key={i}>{paragraph}</p>)}
            {!article.body && <p className={styles.none}>Its text was not fetched; only this summary is recorded.</p>}
          </div>
        </article>
      )}
    </Panel>
  )
}

function Unknown() {
  return (
    <Waiting title="There is no such article" busy={false}>
      Its address may belong to another installation.
    </Waiting>
  )
}
