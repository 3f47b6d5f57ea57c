import type { Connection } from '../api/connection'

/** The market's clock as the server told it: `time` in epoch seconds was at `at`, in this browser's epoch milliseconds. */
export interface MarketClock {
  time: number
  at: number
  /** Market seconds that pass in a second. */
  rate: number
}

/** What is known of how fresh the data shown are. */
export interface Signs {
  /** The browser has a network. */
  online: boolean
  connection: Connection
  /** The newest poll failed. */
  failing: boolean
  clock: MarketClock | undefined
  /** When the newest candle closed, in epoch seconds of the market; absent while history is imported. */
  newestClose: number | undefined
  /** Length of a candle in seconds. */
  interval: number
}

/** How fresh the data shown are; the first that holds. `seconds` are the market's, those of `reconnecting` the browser's. */
export type Freshness =
  | { state: 'offline' }
  | { state: 'reconnecting'; seconds: number }
  | { state: 'connecting' }
  | { state: 'failing' }
  | { state: 'importing' }
  | { state: 'delayed'; seconds: number }
  | { state: 'live' }

/** So long, in real seconds, a candle that is due may take to get here. */
export const GRACE = 10

export const marketNow = ({ time, at, rate }: MarketClock, now: number): number => time + ((now - at) / 1000) * rate

/** Judges by the age of the newest candle, not by the connection alone; `now` is in epoch milliseconds. */
export function freshness({ online, connection, failing, clock, newestClose, interval }: Signs, now: number): Freshness {
  if (!online) return { state: 'offline' }
  if (connection.state === 'waiting') {
    return { state: 'reconnecting', seconds: Math.max(0, Math.ceil((connection.until - now) / 1000)) }
  }
  if (connection.state === 'connecting' || !clock) return failing ? { state: 'failing' } : { state: 'connecting' }
  if (failing) return { state: 'failing' }
  if (newestClose === undefined) return { state: 'importing' }
  const age = marketNow(clock, now) - newestClose
  return age > interval + GRACE * clock.rate ? { state: 'delayed', seconds: age } : { state: 'live' }
}
