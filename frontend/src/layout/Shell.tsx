import type { ReactNode } from 'react'
import { Link, useLocation } from 'wouter'
import type { MarketFactsFragment, ShellQuery } from '../api/generated/graphql'
import { Badge } from '../components/Badge'
import { Button } from '../components/Button'
import { toSeconds } from '../lib/period'
import { ConnectionBadge } from './ConnectionBadge'
import { LiveClock } from './LiveClock'
import { Logo } from './Logo'
import { MarketBadge } from './MarketBadge'
import { OutageBanner } from './OutageBanner'
import styles from './Shell.module.css'
import { useMoment, useTurn } from '../travel/TimeTravel'
import { ThemeSwitch } from './ThemeSwitch'

interface Props {
  platform: ShellQuery['platform'] | undefined
  markets: readonly MarketFactsFragment[]
  market: MarketFactsFragment | undefined
  page: string
  /** The latest poll of the platform failed. */
  failing: boolean
  /** Error of the platform's facts, if any. */
  problem: ReactNode
  children: ReactNode
}

export function Shell({ platform, markets, market, page, failing, problem, children }: Props) {
  const [, go] = useLocation()
  const moment = useMoment()
  const turn = useTurn()
  const newest = market?.lastOpenTime ? toSeconds(market.lastOpenTime) + 60 : undefined
  const symbol = market?.symbol
  const query = symbol ? `?symbol=${encodeURIComponent(symbol)}` : ''
  const pages = [
    { name: 'market', label: 'Market', href: symbol ? `/market/${encodeURIComponent(symbol)}` : '/' },
    { name: 'pipelines', label: 'Pipelines', href: `/pipelines${query}` },
    { name: 'models', label: 'Models', href: `/models${query}` },
    { name: 'predictions', label: 'Predictions', href: `/predictions${query}` },
    { name: 'news', label: 'News', href: `/news${query}` },
    { name: 'compare', label: 'Compare', href: `/compare${query}` },
    { name: 'replay', label: 'Replay', href: `/replay${query}` },
  ]
  const addressOf = (other: string) =>
    page === 'pipelines' || page === 'models' || page === 'predictions' || page === 'news' || page === 'compare' || page === 'replay'
      ? `/${page}?symbol=${encodeURIComponent(other)}`
      : `/market/${encodeURIComponent(other)}`

  return (
    <div className={styles.shell}>
      <header className={styles.header}>
        <Link href="/" className={styles.brand} aria-label="Hindcast, start page">
          <Logo />
          <span>Hindcast</span>
        </Link>
        <nav className={styles.nav} aria-label="Pages">
          {pages.map(({ name, label, href }) => (
            <Link key={name} href={href} aria-current={name === page ? 'page' : undefined}>
              {label}
            </Link>
          ))}
        </nav>
        <div className={styles.right}>
          {(market ? market.origin === 'SYNTHETIC' : platform?.synthetic) && (
            <Badge tone="warn" title="These prices are generated, not traded on any market.">
              SYNTHETIC
            </Badge>
          )}
          {platform?.speed != null && (
            <Badge title={`This market runs on a simulated clock, ${platform.speed} one-minute candles per second`}>
              <span className={styles.wide}>simulated clock&nbsp;</span>×{formatSpeed(platform.speed)}
            </Badge>
          )}
          {market && <LiveClock market={market} />}
          {markets.length > 1 && (
            <label className={styles.market}>
              <span className="visually-hidden">Market</span>
              <select value={symbol ?? ''} onChange={(event) => go(addressOf(event.target.value))}>
                {symbol === undefined && <option value="">Choose a market</option>}
                {markets.map((other) => (
                  <option key={other.symbol}>{other.symbol}</option>
                ))}
              </select>
            </label>
          )}
          {moment !== undefined ? (
            <Badge tone="warn">Past</Badge>
          ) : market ? (
            <MarketBadge market={market} failing={failing} />
          ) : (
            <ConnectionBadge failing={failing} />
          )}
          {moment === undefined && newest !== undefined && (
            <Button
              title="Go back in time: shows every page as it looked at an earlier moment"
              aria-label="Go back in time"
              onClick={() => turn(newest)}
            >
              <span aria-hidden="true">↶</span>
              <span className={styles.roomy}>Go back in time</span>
            </Button>
          )}
          <ThemeSwitch />
        </div>
      </header>
      <OutageBanner />
      {problem && <div className={styles.problem}>{problem}</div>}
      {children}
    </div>
  )
}

/** Formats the speed, given in one-minute candles per second, as a factor of real time. */
const formatSpeed = (speed: number): string =>
  (speed * 60).toLocaleString('en-US', { maximumFractionDigits: speed * 60 < 10 ? 1 : 0 })
