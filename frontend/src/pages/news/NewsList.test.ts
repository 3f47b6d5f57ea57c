import { expect, it } from 'vitest'
import type { Client } from 'urql'
import { makeSubject, type Source } from 'wonka'
import type { ArticleChange } from '../../live/ArticleFeed'
import type { Article, Choice } from './articles'
import { NewsList } from './NewsList'

const CHOICE: Choice = {
  symbol: 'BTCUSDT',
  source: undefined,
  text: undefined,
  from: undefined,
  to: undefined,
  repetitions: false,
}
const article = (id: string, minute: number, title = id) =>
  ({
    id,
    title,
    symbols: ['BTCUSDT'],
    publishedAt: new Date(minute * 60_000).toISOString(),
    scores: [],
    reactions: [],
    snippet: [],
  }) as unknown as Article
const discovered = (found: Article) =>
  ({ articleId: found.id, kind: 'DISCOVERED', article: found, scores: [] }) as unknown as ArticleChange

/** A client whose queries are answered by the test, in order. */
function scripted() {
  const asked: { variables: Record<string, unknown>; answer: (result: unknown) => void }[] = []
  const client = {
    query(_: unknown, variables: Record<string, unknown>): Source<unknown> {
      const { source, next } = makeSubject<unknown>()
      asked.push({ variables, answer: next })
      return source
    },
  }
  return { list: new NewsList(client as unknown as Client), asked }
}
const page = (articles: Article[], endCursor: string | null = null) => ({
  data: { articles: { edges: articles.map((node) => ({ node })), pageInfo: { endCursor, hasNextPage: endCursor !== null } } },
})
const ids = (list: NewsList) => list.state().articles?.map(({ id }) => id)

it('keeps changes that arrive while a page is fetched', () => {
  const { list, asked } = scripted()
  list.show(CHOICE)
  list.take({ changes: [discovered(article('b', 20))], missed: false })
  expect(list.state().articles).toBeUndefined()
  asked[0]!.answer(page([article('a', 10)]))
  expect(ids(list)).toEqual(['b', 'a'])
})

it('fetches pages by cursor', () => {
  const { list, asked } = scripted()
  list.show(CHOICE)
  asked[0]!.answer(page([article('b', 20)], 'after b'))
  list.more()
  list.more()
  expect(asked).toHaveLength(2)
  expect(asked[1]!.variables).toMatchObject({ after: 'after b' })
  list.take({ changes: [discovered(article('c', 30))], missed: false })
  asked[1]!.answer(page([article('a', 10)]))
  expect(ids(list)).toEqual(['c', 'b', 'a'])
  expect(list.state().more).toBe(false)
})

it('ignores results of a previous selection', () => {
  const { list, asked } = scripted()
  list.show(CHOICE)
  list.show({ ...CHOICE, source: 'Decrypt' })
  asked[0]!.answer(page([article('old', 20)]))
  expect(list.state().articles).toBeUndefined()
  asked[1]!.answer(page([article('new', 20)]))
  expect(ids(list)).toEqual(['new'])
})

it('fetches a corrected article again', () => {
  const { list, asked } = scripted()
  list.show(CHOICE)
  asked[0]!.answer(page([article('a', 10)]))
  const revised = { articleId: 'a', kind: 'REVISED', title: 'Corrected', scores: [] } as unknown as ArticleChange
  list.take({ changes: [revised], missed: false })
  expect(list.state().articles?.[0]?.title).toBe('Corrected')
  asked[1]!.answer({ data: { article: { ...article('a', 10, 'Corrected'), revision: 1 } } })
  expect(list.state().articles?.[0]?.revision).toBe(1)
})

it('starts over when the list has become too long', () => {
  const { list, asked } = scripted()
  list.show(CHOICE)
  asked[0]!.answer(page([]))
  for (let i = 0; i <= 300; i++) list.take({ changes: [discovered(article(`a${i}`, i))], missed: false })
  expect(asked).toHaveLength(2)
  expect(asked[1]!.variables).toMatchObject({ first: 301, after: null })
})

it('fetches the list again after missed changes', () => {
  const { list, asked } = scripted()
  list.show(CHOICE)
  asked[0]!.answer(page([article('a', 10)]))
  list.take({ changes: [], missed: true })
  expect(asked).toHaveLength(2)
  asked[1]!.answer(page([article('z', 90), article('a', 10)]))
  expect(ids(list)).toEqual(['z', 'a'])
})
