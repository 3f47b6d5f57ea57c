import { type KeyboardEvent, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useSearchParams } from 'wouter'
import { type MarketFactsFragment, NewsReadersDocument } from '../../api/generated/graphql'
import { useFresh } from '../../api/useFresh'
import { Button } from '../../components/Button'
import { Notice } from '../../components/Notice'
import { Problem } from '../../components/Problem'
import { Panel } from '../../components/Panel'
import { Skeleton } from '../../components/Skeleton'
import { Waiting } from '../../components/Waiting'
import { Page } from '../../layout/Page'
import { setParam } from '../../lib/params'
import { toSeconds } from '../../lib/period'
import { useLive } from '../../live/LiveProvider'
import { choiceOf, writeChoice } from './address'
import { ArticleItem } from './ArticleItem'
import { ArticleReader } from './ArticleReader'
import type { Choice } from './articles'
import { NewsFilter } from './NewsFilter'
import styles from './NewsPage.module.css'
import { useNews } from './useNews'
import { reactionDue, type Slots } from './verdicts'
import { AS_OF } from '../../travel/address'

interface Props {
  market: MarketFactsFragment
  markets: readonly MarketFactsFragment[]
  /** Window of the market's reaction to an article, in minutes. */
  reactionMinutes: number
}

/** The page of news: articles with each version's score and the market's reaction. */
export default function NewsPage({ market, markets, reactionMinutes }: Props) {
  const [search, setSearch] = useSearchParams()
  const [choice, setChoice] = useState<Choice>(() => choiceOf(search, market.symbol))
  const read = search.get('article') ?? undefined
  const symbols = useMemo(() => (choice.symbol === undefined ? markets.map((m) => m.symbol) : [choice.symbol]), [choice, markets])
  const reversed = choice.from !== undefined && choice.to !== undefined && choice.from >= choice.to
  const { state, more, refresh, changes } = useNews(reversed ? undefined : choice, symbols, read)
  const slots = useSlots(market.symbol)
  const now = useMarketTime(market)
  const page = useRef<HTMLDivElement>(null)

  const choose = useCallback(
    (next: Choice) => {
      if (next.symbol !== undefined && next.symbol !== market.symbol) {
        const asOf = search.get(AS_OF)
        setSearch({ symbol: next.symbol, ...(asOf !== null && { [AS_OF]: asOf }) })
        return
      }
      setChoice(next)
      setSearch((before) => writeChoice(before, next), { replace: true })
    },
    [market.symbol, search, setSearch],
  )
  const open = useCallback(
    (id: string | undefined) =>
      setSearch((before) => {
        setParam(before, 'article', id)
        return before
      }),
    [setSearch],
  )
  const close = () => {
    const id = read
    open(undefined)
    // Restores the focus once the list is rendered again.
    setTimeout(() => page.current?.querySelector<HTMLElement>(`[data-article="${id}"] button[aria-expanded]`)?.focus())
  }
  const articles = state.articles
  const titles = useMemo(() => new Map(articles?.map(({ id, title }) => [id, title])), [articles])
  const sources = useSources(articles?.map(({ source }) => source))

  return (
    <Page title={choice.symbol === undefined ? 'News' : `News about ${choice.symbol}`}>
      <NewsFilter
        choice={choice}
        onChoose={choose}
        symbols={markets.map((m) => m.symbol)}
        sources={sources}
        now={now}
      />
      {reversed && (
        <p className={styles.bad} role="alert">
          The period must begin before it ends.
        </p>
      )}
      {state.error && <Problem error={state.error} retry={refresh} shown={state.answeredAt} />}
      {state.unplaced > 0 && (
        <Notice
          title={`${state.unplaced === 1 ? 'An article' : `${state.unplaced} articles`} arrived since this search`}
          action={<Button onClick={refresh}>Search again</Button>}
        />
      )}
      <div
        ref={page}
        className={`${styles.grid} ${read ? styles.reading : ''}`}
        onKeyDown={(event: KeyboardEvent) => event.key === 'Escape' && read && close()}
      >
        <div className={styles.list}>
          <Panel
            title="Articles"
            note={choice.text === undefined ? 'newest first' : 'best fit first'}
            actions={
              <span className={styles.place} role="status" data-testid="count">
                {articles && articles.length > 0 && `${articles.length}${state.more ? '+' : ''}`}
              </span>
            }
            flush
          >
            {!articles && !state.error && (
              <div className={styles.pad}>
                <Skeleton lines={10} />
              </div>
            )}
            {articles?.length === 0 && (
              <Waiting title="No articles found" busy={false}>
                {wanted(choice) ? 'No article matches the selection.' : 'Articles appear here as soon as they are discovered.'}
              </Waiting>
            )}
            {articles && articles.length > 0 && (
              <ul className={state.fetching === 'list' ? styles.pale : undefined} aria-busy={state.fetching === 'list'}>
                {articles.map((article) => (
                  <ArticleItem
                    key={article.id}
                    article={article}
                    original={article.duplicateOf ? titles.get(article.duplicateOf) : undefined}
                    symbol={choice.symbol}
                    slots={slots}
                    reactionMinutes={reactionMinutes}
                    awaited={reactionDue(article.publishedAt, reactionMinutes) > now}
                    open={article.id === read}
                    fresh={state.fresh.has(article.id)}
                    onOpen={open}
                  />
                ))}
              </ul>
            )}
            {state.more && (
              <Foot fetching={state.fetching === 'page'} onMore={more} failed={state.error !== undefined} />
            )}
          </Panel>
        </div>
        {read && (
          <aside className={styles.reader} aria-label="Article">
            <ArticleReader
              id={read}
              changes={changes}
              originalOf={(id) => titles.get(id)}
              slots={slots}
              now={now}
              reactionMinutes={reactionMinutes}
              onOpen={open}
              onClose={close}
            />
          </aside>
        )}
      </div>
    </Page>
  )
}

/** Loads the next page when the end of the list comes into view, or on a click. */
function Foot({ fetching, failed, onMore }: { fetching: boolean; failed: boolean; onMore: () => void }) {
  const foot = useRef<HTMLDivElement>(null)
  const ask = useRef(onMore)
  ask.current = onMore
  useEffect(() => {
    if (!foot.current || fetching || failed) return
    const watch = new IntersectionObserver((entries) => entries.some((e) => e.isIntersecting) && ask.current(), {
      rootMargin: '300px',
    })
    watch.observe(foot.current)
    return () => watch.disconnect()
  }, [fetching, failed])
  return (
    <div ref={foot} className={styles.foot}>
      <Button disabled={fetching} onClick={onMore}>
        {fetching ? 'Fetching…' : 'More'}
      </Button>
    </div>
  )
}

/** Returns the slots of the versions that read articles. */
function useSlots(symbol: string): Slots | undefined {
  const [readers] = useFresh(NewsReadersDocument, { symbol }, { when: useLive((state) => state.modelChanges) })
  return useMemo(
    () =>
      readers.data && {
        symbol,
        byVersion: new Map(
          readers.data.models
            .filter(({ family }) => family === 'TRL')
            .flatMap(({ versions }) => versions.flatMap(({ id, slot }) => (slot ? [[id, slot] as const] : []))),
        ),
      },
    [readers.data, symbol],
  )
}

/** Returns the market time rounded to ten minutes, which suffices for pending reactions. */
function useMarketTime(market: MarketFactsFragment): number {
  const known = market.lastOpenTime ? toSeconds(market.lastOpenTime) + 60 : 0
  return useLive(({ candle }) => {
    const seconds = Math.max(known, candle ? toSeconds(candle.knownAt) : 0)
    return Math.floor(seconds / 600) * 600
  })
}

/** Returns the sources of all articles loaded on the page, by name. */
function useSources(arrived: readonly string[] | undefined): readonly string[] {
  const [met, setMet] = useState<readonly string[]>([])
  const more = arrived?.filter((source) => !met.includes(source)) ?? []
  if (more.length > 0) setMet([...new Set([...met, ...more])].sort())
  return met
}

const wanted = ({ source, text, from, to }: Choice): boolean =>
  source !== undefined || text !== undefined || from !== undefined || to !== undefined
