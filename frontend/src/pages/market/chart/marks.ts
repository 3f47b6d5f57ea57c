import type { NewsWindowQuery } from '../../../api/generated/graphql'
import { toSeconds } from '../../../lib/period'
import type { ArticleChange } from '../../../live/ArticleFeed'

/** An article on the chart, at the time from which it was known here, in epoch seconds. */
export interface Mark {
  id: string
  time: number
  title: string
  source: string
}

/** Articles too near each other to be told apart, in order of time. */
export interface Cluster {
  /** Of the first of them. */
  time: number
  marks: readonly Mark[]
}

type Found = NonNullable<NewsWindowQuery['articles']>['edges'][number]['node']

export const toMarks = (articles: readonly Found[]): Mark[] =>
  articles.map(toMark).sort((a, b) => a.time - b.time || (a.id < b.id ? -1 : 1))

const toMark = ({ id, firstSeenAt, title, source }: Found): Mark => ({ id, time: toSeconds(firstSeenAt), title, source })

/** Takes what becomes known in: new articles that repeat none, and corrected titles. Taking it twice changes nothing. */
export function mergeMarks(marks: readonly Mark[], changes: readonly ArticleChange[]): readonly Mark[] {
  let result = marks
  for (const { kind, articleId, article, title } of changes) {
    const held = result.some(({ id }) => id === articleId)
    if (kind === 'DISCOVERED' && article && !article.duplicateOf && !held) {
      const mark = toMark(article)
      const behind = result.findLastIndex((other) => other.time <= mark.time)
      result = [...result.slice(0, behind + 1), mark, ...result.slice(behind + 1)]
    } else if (kind === 'REVISED' && title != null && held) {
      result = result.map((mark) => (mark.id === articleId ? { ...mark, title } : mark))
    }
  }
  return result
}

/**
 * Gathers marks that follow the first of their cluster by less than `gap` seconds: clusters are that far apart, and neither
 * panning nor a newer article changes one that is complete.
 */
export function cluster(marks: readonly Mark[], gap: number): Cluster[] {
  const clusters: { time: number; marks: Mark[] }[] = []
  for (const mark of marks) {
    const last = clusters[clusters.length - 1]
    if (last && mark.time < last.time + gap) last.marks.push(mark)
    else clusters.push({ time: mark.time, marks: [mark] })
  }
  return clusters
}

/** How many bars a mark of so many pixels covers, as a power of two, so that it seldom changes while zooming. */
export function barsOf(pixels: number, barSpacing: number): number {
  return 2 ** Math.max(0, Math.ceil(Math.log2(pixels / barSpacing)))
}
