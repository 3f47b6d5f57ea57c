import { lazy, type ReactNode, Suspense } from 'react'
import { Link, Redirect, useLocation, useSearchParams } from 'wouter'
import { type MarketFactsFragment, ShellDocument } from './api/generated/graphql'
import { useFresh } from './api/useFresh'
import { Problem } from './components/Problem'
import { Waiting } from './components/Waiting'
import { NotFound } from './layout/NotFound'
import { Page } from './layout/Page'
import { routeOf } from './layout/route'
import { Shell } from './layout/Shell'
import { LiveProvider } from './live/LiveProvider'
import { TimeBar } from './travel/TimeBar'
import { TimeTravel, useMoment } from './travel/TimeTravel'

const ComparePage = lazy(() => import('./pages/compare/ComparePage'))
const MarketPage = lazy(() => import('./pages/market/MarketPage'))
const ModelsPage = lazy(() => import('./pages/models/ModelsPage'))
const NewsPage = lazy(() => import('./pages/news/NewsPage'))
const PipelinesPage = lazy(() => import('./pages/pipelines/PipelinesPage'))
const PredictionsPage = lazy(() => import('./pages/predictions/PredictionsPage'))
const ReplayPage = lazy(() => import('./pages/replay/ReplayPage'))

/** Renders the page of the address as of the moment in the address, or as of now. */
export function App() {
  return (
    <TimeTravel>
      <TimeBar />
      <AtMoment />
    </TimeTravel>
  )
}

/** Builds the pages anew for each moment, so that nothing of another one stays on display. */
function AtMoment() {
  return <Pages key={useMoment() ?? 'now'} />
}

/** Renders the page of the address for its market, by default the first one. Market facts are kept across pages. */
function Pages() {
  const [path] = useLocation()
  const [search] = useSearchParams()
  const { page, symbol } = routeOf(path, search)
  const choose = (markets: readonly MarketFactsFragment[] = []) =>
    symbol === undefined ? markets[0] : markets.find((m) => m.symbol === symbol)
  const [result, retry] = useFresh(ShellDocument, {}, {
    // Until a market is live, its facts change without a subscription event.
    every: ({ data, error }) => (error ? 3_000 : choose(data?.markets)?.liveFrom ? 30_000 : 1_500),
  })
  const markets = result.data?.markets ?? []
  const market = choose(markets)

  if (path === '/market') return <Redirect to="/" replace />
  if (page === 'start' && market) return <Redirect to={`/market/${encodeURIComponent(market.symbol)}`} replace />

  const shell = (content: ReactNode) => (
    <Shell
      platform={result.data?.platform}
      markets={markets}
      market={market}
      page={page}
      failing={result.error !== undefined}
      problem={result.error && <Problem error={result.error} retry={retry} shown={result.answeredAt} />}
    >
      <Suspense fallback={<Page title="Loading"><Waiting title="Loading…" /></Page>}>{content}</Suspense>
    </Shell>
  )
  if (!market) {
    return shell(
      page === 'unknown' ? (
        <NotFound />
      ) : (
        <Page title="Hindcast" hideTitle>
          <NoMarket symbol={symbol} markets={result.data?.markets} />
        </Page>
      ),
    )
  }
  return (
    <LiveProvider key={market.symbol} symbol={market.symbol}>
      {shell(
        page === 'unknown' ? (
          <NotFound />
        ) : page === 'pipelines' ? (
          <PipelinesPage key={market.symbol} market={market} />
        ) : page === 'models' ? (
          <ModelsPage key={market.symbol} market={market} />
        ) : page === 'predictions' ? (
          <PredictionsPage key={market.symbol} market={market} />
        ) : page === 'compare' ? (
          <ComparePage key={market.symbol} market={market} />
        ) : page === 'replay' ? (
          <ReplayPage key={market.symbol} market={market} />
        ) : page === 'news' ? (
          <NewsPage
            key={market.symbol}
            market={market}
            markets={markets}
            reactionMinutes={result.data?.platform.reactionWindowMinutes ?? 0}
          />
        ) : (
          <MarketPage market={market} />
        ),
      )}
    </LiveProvider>
  )
}

/** Shows what the page waits for, or which markets exist. */
function NoMarket({ symbol, markets }: { symbol: string | undefined; markets: readonly MarketFactsFragment[] | undefined }) {
  const past = useMoment() !== undefined
  if (!markets) return <Waiting title="Connecting…" />
  if (past) return <Waiting title="Nothing was known here at this moment" busy={false} />
  if (markets.length === 0) {
    return <Waiting title="Waiting for the first market…">The feed opens it as soon as it reaches the exchange.</Waiting>
  }
  return (
    <Waiting title={`There is no market ${symbol} here`} busy={false}>
      Markets here:{' '}
      {markets.map((market, i) => (
        <span key={market.symbol}>
          {i > 0 && ', '}
          <Link href={`/market/${encodeURIComponent(market.symbol)}`}>{market.symbol}</Link>
        </span>
      ))}
    </Waiting>
  )
}
