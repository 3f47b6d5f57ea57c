import type { Connection } from '../api/connection'

/** The market's clock as reported by the server: it showed `time` (epoch seconds) at `at` (this browser's epoch milliseconds). */
export interface MarketClock {
  time: number
  at: number
  /** Market seconds per second. */
  rate: number
}

/** Inputs for judging the freshness of the data on display. */
export interface Signs {
  /** The browser has a network connection. */
  online: boolean
  connection: Connection
  /** The latest poll failed. */
  failing: boolean
  clock: MarketClock | undefined
  /** When the newest candle closed, in epoch seconds of the market; absent while history is imported. */
  newestClose: number | undefined
  /** Length of a candle in seconds. */
  interval: number
}

/** Freshness of the data on display, the first state that applies. `seconds` are market time, except for `reconnecting`. */
export type Freshness =
  | { state: 'offline' }
  | { state: 'reconnecting'; seconds: number }
  | { state: 'connecting' }
  | { state: 'failing' }
  | { state: 'importing' }
  | { state: 'delayed'; seconds: number }
  | { state: 'live' }

/** Seconds that a due candle may take to arrive. */
export const GRACE = 10

export const marketNow = ({ time, at, rate }: MarketClock, now: number): number => time + ((now - at) / 1000) * rate

/** Judges freshness by the connection and the age of the newest candle; `now` is in epoch milliseconds. */
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
