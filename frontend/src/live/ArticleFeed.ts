import type { Client } from 'urql'
import { ArticleChangedDocument, type ArticleChangedSubscription } from '../api/generated/graphql'
import { follow } from './follow'

export type ArticleChange = ArticleChangedSubscription['articleChanged']

/** What arrived since the last batch, in order of arrival. */
export interface ArticleBatch {
  changes: readonly ArticleChange[]
  /** There was more than this: so much came at once that some was dropped, or the stream was cut. Fetch instead. */
  missed: boolean
}

const FLUSH_EVERY = 80
const KEEP = 5_000

/**
 * What becomes known of the articles about some symbols, gathered so that a page redraws a dozen times a second at most. An
 * article about two of them is told of twice. Gives what ends it.
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
