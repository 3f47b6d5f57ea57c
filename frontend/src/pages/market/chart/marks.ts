import type { NewsWindowQuery } from '../../../api/generated/graphql'
import { toSeconds } from '../../../lib/period'
import type { ArticleChange } from '../../../live/ArticleFeed'

/** An article on the chart, at its first-seen time in epoch seconds. */
export interface Mark {
  id: string
  time: number
  title: string
  source: string
}

/** Articles too close to each other to be drawn apart, in order of time. */
export interface Cluster {
  /** Time of the first article. */
  time: number
  marks: readonly Mark[]
}

type Found = NonNullable<NewsWindowQuery['articles']>['edges'][number]['node']

export const toMarks = (articles: readonly Found[]): Mark[] =>
  articles.map(toMark).sort((a, b) => a.time - b.time || (a.id < b.id ? -1 : 1))

const toMark = ({ id, firstSeenAt, title, source }: Found): Mark => ({ id, time: toSeconds(firstSeenAt), title, source })

/** Applies changes: new articles that are not repetitions, and corrected titles. Idempotent. */
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
 * Groups marks that follow the first of their cluster by less than `gap` seconds. Clusters are that far apart, and neither
 * panning nor a newer article changes a complete one.
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

/** Returns the number of bars that a mark covers, as a power of two, so that it seldom changes while zooming. */
export function barsOf(pixels: number, barSpacing: number): number {
  return 2 ** Math.max(0, Math.ceil(Math.log2(pixels / barSpacing)))
}
