import type { ArticleFactsFragment, ReactionFactsFragment, ScoreFactsFragment } from '../../api/generated/graphql'
import type { ArticleChange } from '../../live/ArticleFeed'

export type Article = ArticleFactsFragment

/** Which articles are wanted; times in epoch seconds of publication, from inclusive, to exclusive. */
export interface Choice {
  symbol: string | undefined
  source: string | undefined
  text: string | undefined
  from: number | undefined
  to: number | undefined
  repetitions: boolean
}

/** What is listed so far, in the order of the server. */
export interface Listed {
  articles: readonly Article[]
  /** There are more behind the last one. */
  more: boolean
}

export interface Merge {
  listed: Listed
  /** Those that came into the list. */
  fresh: readonly string[]
  /** Those of which only the server can say how they are now. */
  ask: readonly string[]
  /** How many came that a search may find: where they belong, only the server can say. */
  unplaced: number
}

/** Whether an article is one of the wanted, as far as can be told here: what a search finds only the server knows. */
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

/** Takes changes into the list. Taking one twice changes nothing; what is known of articles not listed is left alone. */
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
      case 'CONTENT_FETCHED': // lists show no texts
    }
  }
  return { listed: result, fresh, ask: [...ask], unplaced }
}

/** Takes an article as the server has it now: into its place, or out of the list if it is no longer wanted. */
export function mergeArticle(listed: Listed, article: Article, choice: Choice): Listed {
  const held = listed.articles.some(({ id }) => id === article.id)
  if (held && !accepts(choice, article)) {
    return { ...listed, articles: listed.articles.filter(({ id }) => id !== article.id) }
  }
  if (held) return replace(listed, article.id, ({ snippet }) => ({ ...article, snippet }))
  return choice.text === undefined && accepts(choice, article) ? insert(listed, article) : listed
}

/** The next page behind what is listed, of which live changes may have brought some already. */
export function append(listed: Listed, page: readonly Article[], more: boolean): Listed {
  const held = new Set(listed.articles.map(({ id }) => id))
  return { articles: [...listed.articles, ...page.filter(({ id }) => !held.has(id))], more }
}

/** Newest first, as the server orders: of equal time the greater identity. One behind the last comes when it is asked for. */
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

/** A version's score of a later text takes the place of an earlier one; the stream doesn't tell slots. */
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
