import type { Client } from 'urql'
import { pipe, subscribe, take } from 'wonka'
import { NewsWindowDocument } from '../../../api/generated/graphql'
import { TRANSIENT } from '../../../api/passTransient'
import { type Span, toIso } from '../../../lib/period'
import { type ArticleBatch, followArticles } from '../../../live/ArticleFeed'
import { type Mark, mergeMarks, toMarks } from './marks'
import { type Mood, toMoods } from './sentiment'

/** Parts of the news that are drawn. */
export interface NewsShown {
  articles: boolean
  sentiment: boolean
}

/** News to draw; a part that is not shown is absent. */
export interface News {
  marks: readonly Mark[]
  moods: readonly Mood[]
  /** Whether only the newest articles are marked, because there are too many. */
  cut: boolean
}

export const NO_NEWS: News = { marks: [], moods: [], cut: false }

/** The server's limit of articles per request. */
export const MARKS_AT_MOST = 500
const DAY = 86_400
const SETTLE = 1_000

/** Articles and sentiment of a chart's loaded span: fetched with it, and again when scores arrive. */
export class NewsOverlay {
  private shown: NewsShown = { articles: false, sentiment: false }
  private news: News = NO_NEWS
  private cancel: (() => void) | undefined
  private meanwhile: ArticleBatch[] = []
  private timer: ReturnType<typeof setTimeout> | undefined
  /** Start of the next bucket that is affected by new scores: sentiment is fetched when a bar opens at or after this time. */
  private scoredIn: number | undefined
  private stop: (() => void) | undefined

  constructor(
    private readonly client: Client,
    private readonly symbol: string,
    /** Loaded span and bucket length of the chart. */
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

  /** Fetches the news of the chart's loaded span. */
  load(): void {
    const { articles, sentiment } = this.shown
    const span = this.loaded()
    this.cancel?.()
    this.cancel = undefined
    if (!span || (!articles && !sentiment)) return
    this.meanwhile = []
    const { symbol } = this
    // An article may be first seen well after its publication.
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
        // Prices are shown without news; the next fetch retries.
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

  /** Handles a new newest bar that opens at `time`. */
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
