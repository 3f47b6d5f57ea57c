import { describe, expect, it } from 'vitest'
import type { ArticleChange } from '../../live/ArticleFeed'
import { accepts, append, type Article, type Choice, type Listed, mergeArticle, mergeChanges } from './articles'

const ALL: Choice = {
  symbol: 'BTCUSDT',
  source: undefined,
  text: undefined,
  from: undefined,
  to: undefined,
  repetitions: false,
}

const article = (id: string, minute: number, more: Partial<Article> = {}): Article => ({
  id,
  url: `https://news.example/${id}`,
  channel: 'archive',
  source: 'Decrypt',
  symbols: ['BTCUSDT'],
  title: `Title of ${id}`,
  summary: '',
  publishedAt: new Date(minute * 60_000).toISOString(),
  publishedEstimated: false,
  firstSeenAt: new Date(minute * 60_000).toISOString(),
  revision: 0,
  duplicateOf: null,
  scores: [],
  reactions: [],
  snippet: [],
  ...more,
})

const change = (kind: ArticleChange['kind'], articleId: string, more: Partial<ArticleChange> = {}): ArticleChange => ({
  articleId,
  kind,
  article: null,
  title: null,
  scores: [],
  reaction: null,
  ...more,
})
const discovered = (found: Article) => change('DISCOVERED', found.id, { article: found })
const scored = (id: string, version: string, reading: number, signal: 'BUY' | 'SELL') =>
  change('SCORED', id, {
    scores: [{ version, slot: null, reading, signal, sell: 0.1, hold: 0.2, buy: 0.7, origin: 'LIVE', scoredAt: '' }],
  })
const ids = ({ articles }: Listed) => articles.map(({ id }) => id)

const listed: Listed = { articles: [article('c', 30), article('b', 20), article('a', 10)], more: true }

describe('a new article', () => {
  it('is inserted by time of publication and reported', () => {
    const merge = mergeChanges(listed, [discovered(article('d', 40)), discovered(article('bb', 25))], ALL)
    expect(ids(merge.listed)).toEqual(['d', 'c', 'bb', 'b', 'a'])
    expect(merge.fresh).toEqual(['d', 'bb'])
  })

  it('is ordered like on the server if published at the same time', () => {
    expect(ids(mergeChanges(listed, [discovered(article('cc', 30))], ALL).listed)).toEqual(['cc', 'c', 'b', 'a'])
    expect(ids(mergeChanges(listed, [discovered(article('bz', 30))], ALL).listed)).toEqual(['c', 'bz', 'b', 'a'])
  })

  it('is inserted once', () => {
    const once = mergeChanges(listed, [discovered(article('d', 40))], ALL)
    const twice = mergeChanges(once.listed, [discovered(article('d', 40))], ALL)
    expect(twice.listed).toBe(once.listed)
    expect(twice.fresh).toEqual([])
  })

  it('beyond the last one is left to its page, unless there is none', () => {
    expect(ids(mergeChanges(listed, [discovered(article('0', 1))], ALL).listed)).toEqual(['c', 'b', 'a'])
    const complete = { ...listed, more: false }
    expect(ids(mergeChanges(complete, [discovered(article('0', 1))], ALL).listed)).toEqual(['c', 'b', 'a', '0'])
  })

  it('is counted but not inserted during a search', () => {
    const merge = mergeChanges(listed, [discovered(article('d', 40))], { ...ALL, text: 'hash' })
    expect(merge.listed).toBe(listed)
    expect(merge.unplaced).toBe(1)
  })

  it('outside the selection is left out', () => {
    const unwanted = [
      article('d', 40, { symbols: ['ETHUSDT'] }),
      article('e', 40, { source: 'CoinDesk' }),
      article('f', 40, { duplicateOf: 'a' }),
      article('g', 90),
    ]
    const choice = { ...ALL, source: 'Decrypt', to: 90 * 60 }
    expect(mergeChanges(listed, unwanted.map(discovered), choice).listed).toBe(listed)
    expect(accepts({ ...choice, repetitions: true }, unwanted[2]!)).toBe(true)
  })
})

describe('a change of a listed article', () => {
  it('adds scores and replaces those of earlier readings', () => {
    const version = 'trl:BTCUSDT:3'
    const first = mergeChanges(listed, [scored('b', version, 1, 'BUY')], ALL).listed
    const earlier = mergeChanges(first, [scored('b', version, 0, 'SELL')], ALL).listed
    expect(earlier.articles[1]!.scores.map(({ signal }) => signal)).toEqual(['BUY'])
    const later = mergeChanges(earlier, [scored('b', version, 2, 'SELL'), scored('b', 'trl:BTCUSDT:1', 0, 'BUY')], ALL)
    expect(later.listed.articles[1]!.scores.map(({ version: v, signal }) => [v, signal])).toEqual([
      ['trl:BTCUSDT:1', 'BUY'],
      [version, 'SELL'],
    ])
  })

  it('keeps the slot, which the stream lacks', () => {
    const scores = scored('b', 'trl:BTCUSDT:3', 0, 'BUY').scores.map((score) => ({ ...score, slot: 'CURRENT' as const }))
    const held = { ...listed, articles: [article('b', 20, { scores })] }
    const merged = mergeChanges(held, [scored('b', 'trl:BTCUSDT:3', 1, 'SELL')], ALL).listed
    expect(merged.articles[0]!.scores[0]).toMatchObject({ slot: 'CURRENT', signal: 'SELL' })
  })

  it('sets the reaction of one symbol', () => {
    const measured = (percent: number) =>
      change('MEASURED', 'a', { reaction: { symbol: 'BTCUSDT', percent, signal: 'BUY', windowMinutes: 720, measuredAt: '' } })
    const merged = mergeChanges(listed, [measured(0.8), measured(0.9)], ALL).listed
    expect(merged.articles[2]!.reactions.map(({ percent }) => percent)).toEqual([0.9])
  })

  it('shows a corrected title at once and requests the rest', () => {
    const merge = mergeChanges(listed, [change('REVISED', 'b', { title: 'Corrected' })], ALL)
    expect(merge.listed.articles[1]!.title).toBe('Corrected')
    expect(merge.ask).toEqual(['b'])
  })

  it('is ignored for articles that are not listed', () => {
    const merge = mergeChanges(listed, [scored('x', 'trl:BTCUSDT:3', 0, 'BUY'), change('REVISED', 'x', { title: 'X' })], ALL)
    expect(merge.listed).toBe(listed)
    expect(merge.ask).toEqual([])
  })
})

describe('a freshly fetched article', () => {
  it('is inserted when it now matches the selection', () => {
    expect(mergeChanges(listed, [change('EXTENDED', 'd')], ALL).ask).toEqual(['d'])
    expect(ids(mergeArticle(listed, article('d', 40), ALL))).toEqual(['d', 'c', 'b', 'a'])
    expect(mergeArticle(listed, article('d', 40), { ...ALL, text: 'hash' })).toBe(listed)
  })

  it('keeps its search matches', () => {
    const snippet = [{ text: 'hash', match: true }]
    const found = { ...listed, articles: [article('b', 20, { snippet })] }
    expect(mergeArticle(found, article('b', 20, { title: 'New' }), ALL).articles[0]).toMatchObject({ title: 'New', snippet })
  })

  it('is removed when it no longer matches', () => {
    expect(ids(mergeArticle(listed, article('b', 20, { duplicateOf: 'a' }), ALL))).toEqual(['c', 'a'])
  })
})

it('appends the next page without duplicates', () => {
  expect(ids(append(listed, [article('a', 10), article('0', 1)], false))).toEqual(['c', 'b', 'a', '0'])
})
