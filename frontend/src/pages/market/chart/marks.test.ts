import { describe, expect, it } from 'vitest'
import type { ArticleChange } from '../../../live/ArticleFeed'
import { barsOf, cluster, type Mark, mergeMarks, toMarks } from './marks'

const mark = (id: string, time: number): Mark => ({ id, time, title: id, source: 'Decrypt' })
const discovered = (id: string, time: number, duplicateOf: string | null = null) =>
  ({
    articleId: id,
    kind: 'DISCOVERED',
    article: { id, title: id, source: 'Decrypt', firstSeenAt: new Date(time * 1000).toISOString(), duplicateOf },
  }) as unknown as ArticleChange

describe('close marks', () => {
  it('are grouped at the first of them', () => {
    const clusters = cluster([mark('a', 0), mark('b', 50), mark('c', 99), mark('d', 100), mark('e', 400)], 100)
    expect(clusters.map(({ time, marks }) => [time, marks.map(({ id }) => id).join('')])).toEqual([
      [0, 'abc'],
      [100, 'd'],
      [400, 'e'],
    ])
  })

  it('form clusters with a minimum distance', () => {
    const marks = Array.from({ length: 500 }, (_, i) => mark(String(i), Math.round(i * 37 + 29 * Math.sin(i))))
    const clusters = cluster(marks, 300)
    expect(clusters.flatMap((each) => each.marks)).toEqual(marks)
    for (let i = 1; i < clusters.length; i++) expect(clusters[i]!.time - clusters[i - 1]!.time).toBeGreaterThanOrEqual(300)
  })

  it('do not change earlier clusters when newer marks arrive', () => {
    const marks = [mark('a', 0), mark('b', 50), mark('c', 200)]
    expect(cluster([...marks, mark('d', 1_000)], 100).slice(0, 2)).toEqual(cluster(marks, 100))
  })
})

it('a mark covers a power of two of bars', () => {
  expect([20, 16, 8, 4.1, 1].map((spacing) => barsOf(16, spacing))).toEqual([1, 1, 2, 4, 16])
})

describe('marks', () => {
  it('stand at the first-seen time of an article', () => {
    const found = [
      { id: 'b', title: 'B', source: 's', firstSeenAt: '1970-01-01T00:02:00Z' },
      { id: 'a', title: 'A', source: 's', firstSeenAt: '1970-01-01T00:01:00Z' },
    ]
    expect(toMarks(found).map(({ id, time }) => [id, time])).toEqual([
      ['a', 60],
      ['b', 120],
    ])
  })

  it('add new articles once, by time, without repetitions', () => {
    const marks = [mark('a', 60), mark('c', 180)]
    const changes = [discovered('b', 120), discovered('b', 120), discovered('x', 150, 'b'), discovered('d', 240)]
    expect(mergeMarks(marks, changes).map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd'])
    expect(mergeMarks(marks, [])).toBe(marks)
  })

  it('show corrected titles', () => {
    const revised = { articleId: 'a', kind: 'REVISED', title: 'Corrected' } as unknown as ArticleChange
    expect(mergeMarks([mark('a', 60)], [revised])[0]!.title).toBe('Corrected')
  })
})
