import type { ArticleFactsFragment, ReactionFactsFragment, ScoreFactsFragment } from '../../api/generated/graphql'
import type { ArticleChange } from '../../live/ArticleFeed'

export type Article = ArticleFactsFragment

/** A selection of articles; times of publication in epoch seconds, from inclusive, to exclusive. */
export interface Choice {
  symbol: string | undefined
  source: string | undefined
  text: string | undefined
  from: number | undefined
  to: number | undefined
  repetitions: boolean
}

/** Articles loaded so far, in the server's order. */
export interface Listed {
  articles: readonly Article[]
  /** Whether there are more after the last one. */
  more: boolean
}

export interface Merge {
  listed: Listed
  /** Articles that were added to the list. */
  fresh: readonly string[]
  /** Articles that have to be fetched again. */
  ask: readonly string[]
  /** Number of new articles whose place in a search only the server can determine. */
  unplaced: number
}

/** Returns whether an article matches the selection, apart from the search text, which only the server can match. */
export function accepts(choice: Choice, article: Article): boolean {
  const published = Date.parse(article.publishedAt) / 1000
  return (
    (choice.symbol === undefined || article.symbols.includes(choice.symbol)) &&
    (choice.source === undefined || article.source === choice.source) &&
    (choice.from === undefined || published >= choice.from) &&
    (choice.to === undefined || published < choice.to) &&
    (choice.repetitions || !article.duplicateOf)
  )
}

/** Applies changes to the list. Idempotent; changes of articles that are not listed are ignored. */
export function mergeChanges(listed: Listed, changes: readonly ArticleChange[], choice: Choice): Merge {
  let result = listed
  const fresh: string[] = []
  const ask = new Set<string>()
  let unplaced = 0

  for (const change of changes) {
    const held = result.articles.some((article) => article.id === change.articleId)
    switch (change.kind) {
      case 'DISCOVERED': {
        const { article } = change
        if (held || !article || !accepts(choice, article)) break
        if (choice.text !== undefined) {
          unplaced += 1
          break
        }
        const before = result
        result = insert(result, article)
        if (result !== before) fresh.push(article.id)
        break
      }
      case 'EXTENDED':
        ask.add(change.articleId)
        break
      case 'REVISED':
        if (!held) break
        result = change.title == null ? result : replace(result, change.articleId, { title: change.title })
        ask.add(change.articleId)
        break
      case 'SCORED':
        if (held) result = replace(result, change.articleId, (article) => ({ scores: withScores(article, change.scores) }))
        break
      case 'MEASURED':
        if (held && change.reaction) {
          const { reaction } = change
          result = replace(result, change.articleId, (article) => ({ reactions: withReaction(article, reaction) }))
        }
        break
      case 'CONTENT_FETCHED': // Lists do not show texts.
    }
  }
  return { listed: result, fresh, ask: [...ask], unplaced }
}

/** Applies a freshly fetched article: inserts or updates it, or removes it if it no longer matches. */
export function mergeArticle(listed: Listed, article: Article, choice: Choice): Listed {
  const held = listed.articles.some(({ id }) => id === article.id)
  if (held && !accepts(choice, article)) {
    return { ...listed, articles: listed.articles.filter(({ id }) => id !== article.id) }
  }
  if (held) return replace(listed, article.id, ({ snippet }) => ({ ...article, snippet }))
  return choice.text === undefined && accepts(choice, article) ? insert(listed, article) : listed
}

/** Appends the next page, without articles that live changes have already added. */
export function append(listed: Listed, page: readonly Article[], more: boolean): Listed {
  const held = new Set(listed.articles.map(({ id }) => id))
  return { articles: [...listed.articles, ...page.filter(({ id }) => !held.has(id))], more }
}

/** Inserts an article in the server's order: newest first, then by descending id. One beyond the last page is left out. */
function insert(listed: Listed, article: Article): Listed {
  const { articles, more } = listed
  const at = articles.findIndex((other) => comesBefore(article, other))
  if (at < 0) return more ? listed : { articles: [...articles, article], more }
  return { articles: [...articles.slice(0, at), article, ...articles.slice(at)], more }
}

function comesBefore(a: Article, b: Article): boolean {
  const difference = Date.parse(a.publishedAt) - Date.parse(b.publishedAt)
  return difference > 0 || (difference === 0 && a.id > b.id)
}

type Part = Partial<Article> | ((article: Article) => Partial<Article>)

function replace(listed: Listed, id: string, part: Part): Listed {
  return {
    ...listed,
    articles: listed.articles.map((article) =>
      article.id === id ? { ...article, ...(typeof part === 'function' ? part(article) : part) } : article,
    ),
  }
}

/** Merges scores: a later reading replaces an earlier one, and the slot is kept, since the stream does not contain it. */
function withScores({ scores }: Article, arrived: readonly ScoreFactsFragment[]): ScoreFactsFragment[] {
  const byVersion = new Map(scores.map((score) => [score.version, score]))
  for (const score of arrived) {
    const before = byVersion.get(score.version)
    if (before && before.reading > score.reading) continue
    byVersion.set(score.version, { ...score, slot: score.slot ?? before?.slot ?? null })
  }
  return [...byVersion.values()].sort((a, b) => (a.version < b.version ? -1 : 1))
}

const withReaction = ({ reactions }: Article, arrived: ReactionFactsFragment): ReactionFactsFragment[] =>
  [...reactions.filter(({ symbol }) => symbol !== arrived.symbol), arrived].sort((a, b) => (a.symbol < b.symbol ? -1 : 1))
