import type { Client } from 'urql'
import { pipe, subscribe, take } from 'wonka'
import { NewsWindowDocument } from '../../../api/generated/graphql'
import { TRANSIENT } from '../../../api/passTransient'
import { type Span, toIso } from '../../../lib/period'
import { type ArticleBatch, followArticles } from '../../../live/ArticleFeed'
import { type Mark, mergeMarks, toMarks } from './marks'
import { type Mood, toMoods } from './sentiment'

/** What of the news is drawn. */
export interface NewsShown {
  articles: boolean
  sentiment: boolean
}

/** What is there to draw; absent where it is not shown. */
export interface News {
  marks: readonly Mark[]
  moods: readonly Mood[]
  /** There are more articles than can be marked: only the newest are. */
  cut: boolean
}

export const NO_NEWS: News = { marks: [], moods: [], cut: false }

/** The server gives no more articles at once. */
export const MARKS_AT_MOST = 500
const DAY = 86_400
const SETTLE = 1_000

/** Articles and sentiment of what a chart has loaded: fetched with it, and again when scores came in. */
export class NewsOverlay {
  private shown: NewsShown = { articles: false, sentiment: false }
  private news: News = NO_NEWS
  private cancel: (() => void) | undefined
  private meanwhile: ArticleBatch[] = []
  private timer: ReturnType<typeof setTimeout> | undefined
  /** Scores of a bucket tell in the next: when one begins at this time or later, there is something to fetch. */
  private scoredIn: number | undefined
  private stop: (() => void) | undefined

  constructor(
    private readonly client: Client,
    private readonly symbol: string,
    /** What the chart holds, and in which buckets. */
    private readonly loaded: () => (Span & { bucket: number }) | undefined,
    private readonly onNews: (news: News) => void,
  ) {}

  show(shown: NewsShown): void {
    this.shown = shown
    const wanted = shown.articles || shown.sentiment
    if (wanted) this.stop ??= followArticles(this.client, [this.symbol], (batch) => this.take(batch))
    else {
      this.stop?.()
      this.stop = undefined
    }
    this.report(this.news)
    this.load()
  }

  /** Fetches anew what belongs to what the chart holds. */
  load(): void {
    const { articles, sentiment } = this.shown
    const span = this.loaded()
    this.cancel?.()
    this.cancel = undefined
    if (!span || (!articles && !sentiment)) return
    this.meanwhile = []
    const { symbol } = this
    // An article may be seen a good while after it was published.
    const variables = {
      symbol,
      from: toIso(span.from),
      to: toIso(span.to),
      publishedFrom: toIso(span.from - DAY),
      publishedTo: toIso(span.to + DAY),
      first: MARKS_AT_MOST,
      maxPoints: Math.min(5_000, Math.max(1, Math.ceil((span.to - span.from) / span.bucket))),
      articles,
      sentiment,
    }
    let answered = false
    const { unsubscribe } = pipe(
      this.client.query(NewsWindowDocument, variables, { ...TRANSIENT, requestPolicy: 'network-only' }),
      take(1),
      subscribe(({ data }) => {
        answered = true
        this.cancel = undefined
        // Prices go without news; the next fetch asks again.
        if (!data) return
        this.report({
          marks: data.articles ? toMarks(data.articles.edges.map(({ node }) => node)) : this.news.marks,
          moods: data.sentiment ? toMoods(data.sentiment) : this.news.moods,
          cut: data.articles?.pageInfo.hasNextPage ?? false,
        })
        const missed = this.meanwhile
        this.meanwhile = []
        for (const batch of missed) this.merge(batch)
      }),
    )
    if (!answered) this.cancel = unsubscribe
  }

  /** A bar that opens at `time` is the newest now. */
  barOpened(time: number): void {
    if (this.scoredIn !== undefined && time >= this.scoredIn) {
      this.scoredIn = undefined
      this.loadSoon()
    }
  }

  close(): void {
    this.cancel?.()
    this.stop?.()
    clearTimeout(this.timer)
  }

  private take(batch: ArticleBatch): void {
    if (this.cancel) this.meanwhile.push(batch)
    this.merge(batch)
  }

  private merge({ changes, missed }: ArticleBatch): void {
    const marks = mergeMarks(this.news.marks, changes)
    if (marks !== this.news.marks) this.report({ ...this.news, marks })
    if (missed || changes.some(({ kind }) => kind === 'EXTENDED')) this.loadSoon()
    if (this.shown.sentiment && changes.some(({ kind }) => kind === 'SCORED')) {
      this.scoredIn = this.loaded()?.to
      this.loadSoon()
    }
  }

  private loadSoon(): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined
      this.load()
    }, SETTLE)
  }

  private report(news: News): void {
    this.news = news
    const { articles, sentiment } = this.shown
    this.onNews({
      marks: articles ? news.marks : [],
      moods: sentiment ? news.moods : [],
      cut: articles && news.cut,
    })
  }
}
