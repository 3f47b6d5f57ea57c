import type { Client, CombinedError } from 'urql'
import { pipe, subscribe, take } from 'wonka'
import { ArticlePageDocument, ArticleTextDocument } from '../../api/generated/graphql'
import { backoff } from '../../api/connection'
import { TRANSIENT } from '../../api/passTransient'
import { passes } from '../../api/problem'
import { toIso } from '../../lib/period'
import type { ArticleBatch } from '../../live/ArticleFeed'
import { append, type Article, type Choice, type Listed, mergeArticle, mergeChanges } from './articles'

export interface NewsState {
  /** Absent until the first result. */
  articles: readonly Article[] | undefined
  more: boolean
  /** Whether the list or another page of it is being fetched. */
  fetching: 'list' | 'page' | undefined
  error: CombinedError | undefined
  /** Time of the last fetch, in epoch milliseconds. */
  answeredAt: number | undefined
  /** Articles that arrived while the list was shown. */
  fresh: ReadonlySet<string>
  /** Number of new articles that the current search has not covered. */
  unplaced: number
}

export const PAGE = 50
/** The server's limit of articles per page. */
const MOST = 500
/** Number of articles to fetch one by one, above which the whole list is fetched instead. */
const ASK_AT_MOST = 10
/** Number of new articles after which the list is fetched again, so that it does not grow all day. */
const FRESH_AT_MOST = 300

const IDLE: NewsState = {
  articles: undefined,
  more: false,
  fetching: undefined,
  error: undefined,
  answeredAt: undefined,
  fresh: new Set(),
  unplaced: 0,
}

/** A list of articles that is fetched by pages and kept up to date by live changes. */
export class NewsList {
  private current: NewsState = IDLE
  private choice: Choice | undefined
  private cursor: string | null = null
  /** Changes that arrived while a page was being fetched, which its result may or may not include. */
  private meanwhile: ArticleBatch[] = []
  private cancel: (() => void) | undefined
  private retry: ReturnType<typeof setTimeout> | undefined
  private failures = 0
  private readonly asking = new Map<string, () => void>()
  private readonly listeners = new Set<() => void>()

  constructor(private readonly client: Client) {}

  readonly state = (): NewsState => this.current

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  /** Changes the selection; the previous articles stay until the new ones arrive. */
  show(choice: Choice): void {
    this.choice = choice
    this.fetch(PAGE, null)
  }

  /** Fetches the list again, after a reconnect or missed changes. */
  refresh(): void {
    this.fetch(Math.min(MOST, Math.max(PAGE, this.current.articles?.length ?? 0)), null)
  }

  /** Fetches the next page. */
  more(): void {
    if (this.current.more && !this.current.fetching) this.fetch(PAGE, this.cursor)
  }

  take(batch: ArticleBatch): void {
    if (batch.missed) this.refresh()
    if (this.cancel) this.meanwhile.push(batch)
    if (this.current.articles && this.current.fetching !== 'list') this.merge(batch)
  }

  close(): void {
    this.cancel?.()
    this.cancel = undefined
    clearTimeout(this.retry)
    for (const stop of this.asking.values()) stop()
    this.asking.clear()
  }

  private fetch(first: number, after: string | null): void {
    const { choice } = this
    if (!choice) return
    this.cancel?.()
    clearTimeout(this.retry)
    this.meanwhile = []
    this.report({ fetching: after === null ? 'list' : 'page' })
    const { unsubscribe } = pipe(
      this.client.query(
        ArticlePageDocument,
        {
          symbol: choice.symbol ?? null,
          source: choice.source ?? null,
          text: choice.text ?? null,
          from: choice.from === undefined ? null : toIso(choice.from),
          to: choice.to === undefined ? null : toIso(choice.to),
          repetitions: choice.repetitions,
          first,
          after,
        },
        { ...TRANSIENT, requestPolicy: 'network-only' },
      ),
      take(1),
      subscribe(({ data, error }) => {
        this.cancel = undefined
        if (!data) {
          this.report({ fetching: undefined, error })
          if (error && passes(error)) this.retry = setTimeout(() => this.fetch(first, after), backoff(this.failures++))
          return
        }
        this.failures = 0
        const { edges, pageInfo } = data.articles
        const page = edges.map(({ node }) => node)
        this.cursor = pageInfo.endCursor ?? null
        const listed: Listed =
          after === null
            ? { articles: page, more: pageInfo.hasNextPage }
            : append(this.listed(), page, pageInfo.hasNextPage)
        this.report({
          ...listed,
          fetching: undefined,
          error,
          answeredAt: Date.now(),
          ...(after === null ? { fresh: new Set<string>(), unplaced: 0 } : {}),
        })
        const missed = this.meanwhile
        this.meanwhile = []
        for (const batch of missed) this.merge(batch)
      }),
    )
    if (this.current.fetching) this.cancel = unsubscribe
  }

  private listed(): Listed {
    return { articles: this.current.articles ?? [], more: this.current.more }
  }

  private merge({ changes }: ArticleBatch): void {
    if (!this.choice) return
    const { listed, fresh, ask, unplaced } = mergeChanges(this.listed(), changes, this.choice)
    this.report({
      ...listed,
      fresh: fresh.length ? new Set([...this.current.fresh, ...fresh]) : this.current.fresh,
      unplaced: this.current.unplaced + unplaced,
    })
    if (ask.length > ASK_AT_MOST || this.current.fresh.size > FRESH_AT_MOST) this.refresh()
    else for (const id of ask) this.ask(id)
  }

  private ask(id: string): void {
    this.asking.get(id)?.()
    const { unsubscribe } = pipe(
      this.client.query(ArticleTextDocument, { id }, { ...TRANSIENT, requestPolicy: 'network-only' }),
      take(1),
      subscribe(({ data }) => {
        this.asking.delete(id)
        const article = data?.article
        if (article && this.choice && this.current.articles) {
          this.report(mergeArticle(this.listed(), article, this.choice))
        }
      }),
    )
    this.asking.set(id, unsubscribe)
  }

  private report(change: Partial<NewsState>): void {
    this.current = { ...this.current, ...change }
    for (const listener of this.listeners) listener()
  }
}
