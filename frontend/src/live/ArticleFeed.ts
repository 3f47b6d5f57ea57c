import type { Client } from 'urql'
import { ArticleChangedDocument, type ArticleChangedSubscription } from '../api/generated/graphql'
import { follow } from './follow'

export type ArticleChange = ArticleChangedSubscription['articleChanged']

/** Events since the last batch, in order of arrival. */
export interface ArticleBatch {
  changes: readonly ArticleChange[]
  /** Events are missing, because too many came at once or the stream was interrupted. Fetch instead. */
  missed: boolean
}

const FLUSH_EVERY = 80
const KEEP = 5_000

/**
 * Collects changes of articles about some symbols in batches, so that a page redraws at most a dozen times a second. A change of
 * an article about two of the symbols arrives twice. Returns a function that ends the subscriptions.
 */
export function followArticles(
  client: Client,
  symbols: readonly string[],
  take: (batch: ArticleBatch) => void,
): () => void {
  let changes: ArticleChange[] = []
  let missed = false
  let timer: ReturnType<typeof setTimeout> | undefined
  const flush = () => {
    const batch = { changes, missed }
    timer = undefined
    changes = []
    missed = false
    take(batch)
  }
  const schedule = () => {
    timer ??= setTimeout(flush, FLUSH_EVERY)
  }
  const stops = symbols.map((symbol) =>
    follow(
      client,
      ArticleChangedDocument,
      { symbol },
      ({ articleChanged }) => {
        if (changes.length >= KEEP) missed = true
        else changes.push(articleChanged)
        schedule()
      },
      () => {
        missed = true
        schedule()
      },
    ),
  )
  return () => {
    for (const stop of stops) stop()
    clearTimeout(timer)
  }
}
