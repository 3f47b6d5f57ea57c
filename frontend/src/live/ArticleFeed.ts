import type { Client } from 'urql'
import { ArticleChangedDocument, type ArticleChangedSubscription } from '../api/generated/graphql'
import { follow } from './follow'

export type ArticleChange = ArticleChangedSubscription['articleChanged']

/** What arrived since the last batch, in order of arrival. */
export interface ArticleBatch {
  changes: readonly ArticleChange[]
  /** So much came at once that some was dropped: fetch instead. */
  overflow: boolean
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
  let overflow = false
  let timer: ReturnType<typeof setTimeout> | undefined
  const flush = () => {
    const batch = { changes, overflow }
    timer = undefined
    changes = []
    overflow = false
    take(batch)
  }
  const stops = symbols.map((symbol) =>
    follow(client, ArticleChangedDocument, { symbol }, ({ articleChanged }) => {
      if (changes.length >= KEEP) overflow = true
      else changes.push(articleChanged)
      timer ??= setTimeout(flush, FLUSH_EVERY)
    }),
  )
  return () => {
    for (const stop of stops) stop()
    clearTimeout(timer)
  }
}
