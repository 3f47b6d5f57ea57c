import { lazy, type ReactNode, Suspense } from 'react'
import { Redirect, Route, Switch, useSearchParams } from 'wouter'
import { type MarketFactsFragment, ShellDocument } from './api/generated/graphql'
import { useFresh } from './api/useFresh'
import { Problem } from './components/Notice'
import { Waiting } from './components/Waiting'
import { NotFound } from './layout/NotFound'
import { Page } from './layout/Page'
import { Shell } from './layout/Shell'
import { LiveProvider } from './live/LiveProvider'

const MarketPage = lazy(() => import('./pages/market/MarketPage'))
const ModelsPage = lazy(() => import('./pages/models/ModelsPage'))
const NewsPage = lazy(() => import('./pages/news/NewsPage'))
const PredictionsPage = lazy(() => import('./pages/predictions/PredictionsPage'))

/** The market of the address, else the first one. */
export function App() {
  return (
    <Switch>
      <Route path="/market/:symbol">
        {({ symbol }) => <WithMarket symbol={decodeURIComponent(symbol)} page="market" />}
      </Route>
      <Route path="/models">
        <WithChosenMarket page="models" />
      </Route>
      <Route path="/predictions">
        <WithChosenMarket page="predictions" />
      </Route>
      <Route path="/news">
        <WithChosenMarket page="news" />
      </Route>
      <Route path="/">
        <WithMarket page="start" />
      </Route>
      <Route path="/market">
        <Redirect to="/" replace />
      </Route>
      <Route>
        <WithMarket page="unknown" />
      </Route>
    </Switch>
  )
}

type PageName = 'start' | 'market' | 'models' | 'predictions' | 'news' | 'unknown'

function WithChosenMarket({ page }: { page: PageName }) {
  const [search] = useSearchParams()
  return <WithMarket symbol={search.get('symbol') ?? undefined} page={page} />
}

function WithMarket({ symbol, page }: { symbol?: string | undefined; page: PageName }) {
  const choose = (markets: readonly MarketFactsFragment[] = []) =>
    symbol === undefined ? markets[0] : markets.find((m) => m.symbol === symbol)
  const [result, retry] = useFresh(ShellDocument, {}, {
    // Until a market is live its facts change without a subscription to tell.
    every: ({ data, error }) => (error ? 3_000 : choose(data?.markets)?.liveFrom ? 30_000 : 1_500),
  })
  const markets = result.data?.markets ?? []
  const market = choose(markets)

  if (page === 'start' && market) return <Redirect to={`/market/${encodeURIComponent(market.symbol)}`} replace />

  const shell = (content: ReactNode) => (
    <Shell platform={result.data?.platform} markets={markets} market={market} page={page}>
      <Suspense fallback={<Page title="Loading"><Waiting title="Loading…" /></Page>}>{content}</Suspense>
    </Shell>
  )
  if (page === 'unknown') return shell(<NotFound />)
  if (!market) {
    return shell(
      <Page title="Hindcast">
        {result.error && <Problem error={result.error} retry={retry} />}
        {!result.error && (
          <Waiting title={missing(symbol, result.data !== undefined)} busy={symbol === undefined || !result.data}>
            {symbol === undefined && result.data && 'The feed opens one as soon as it has reached its exchange.'}
            {symbol !== undefined && result.data && 'Choose another in the header.'}
          </Waiting>
        )}
      </Page>,
    )
  }
  return (
    <LiveProvider key={market.symbol} symbol={market.symbol}>
      {shell(
        page === 'models' ? (
          <ModelsPage market={market} />
        ) : page === 'predictions' ? (
          <PredictionsPage market={market} />
        ) : page === 'news' ? (
          <NewsPage key={market.symbol} market={market} markets={markets} />
        ) : (
          <MarketPage market={market} error={result.error} />
        ),
      )}
    </LiveProvider>
  )
}

function missing(symbol: string | undefined, answered: boolean): string {
  if (!answered) return 'Connecting…'
  return symbol === undefined ? 'Waiting for the first market…' : `There is no market ${symbol} here`
}
