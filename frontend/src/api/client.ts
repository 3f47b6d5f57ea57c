import { cacheExchange, Client, fetchExchange, subscriptionExchange } from 'urql'
import { createClient as createSocket, type Client as Socket } from 'graphql-ws'
import { backoff, ConnectionMonitor } from './connection'
import { asOf } from '../travel/exchange'
import { passTransient } from './passTransient'

export interface Api {
  client: Client
  /** Returns a client whose queries are asked as of a moment (ISO 8601) and whose subscriptions are silent. */
  clientAsOf: (moment: string) => Client
  monitor: ConnectionMonitor
  close: () => void
}

const PING_EVERY = 10_000
const PONG_WITHIN = 5_000

/** Connects to the server: queries over HTTP, subscriptions over a WebSocket that reconnects by itself. */
export function connect(origin: string = window.location.origin): Api {
  const monitor = new ConnectionMonitor()
  const socket = openSocket(`${origin.replace(/^http/, 'ws')}/graphql`, monitor)
  const url = `${origin}/graphql`
  const client = new Client({
    url,
    preferGetMethod: false,
    exchanges: [
      passTransient(cacheExchange),
      fetchExchange,
      subscriptionExchange({
        forwardSubscription: (request) => ({
          subscribe: (sink) => ({
            unsubscribe: socket.subscribe({ ...request, query: request.query ?? '' }, sink),
          }),
        }),
      }),
    ],
  })
  const clientAsOf = (moment: string) =>
    new Client({
      url,
      preferGetMethod: false,
      exchanges: [asOf(moment), passTransient(cacheExchange), fetchExchange],
    })
  return { client, clientAsOf, monitor, close: () => void socket.dispose() }
}

function openSocket(url: string, monitor: ConnectionMonitor): Socket {
  let overdue: ReturnType<typeof setTimeout> | undefined
  const socket = createSocket({
    url,
    lazy: false,
    onNonLazyError: () => undefined, // every close is retried and shown by the monitor
    retryAttempts: Number.POSITIVE_INFINITY,
    shouldRetry: () => true,
    retryWait: async (retries) => {
      const wait = backoff(retries)
      monitor.waiting(retries + 1, Date.now() + wait)
      await new Promise<void>((done) => {
        const timer = setTimeout(done, wait)
        // Retries at once when the network is back.
        window.addEventListener('online', () => (clearTimeout(timer), done()), { once: true })
      })
    },
    keepAlive: PING_EVERY,
    on: {
      connecting: () => monitor.connecting(),
      connected: () => monitor.connected(),
      closed: () => {
        clearTimeout(overdue)
        monitor.closed()
      },
      // A silently lost network shows only in missing pongs.
      ping: (received) => {
        if (!received) overdue = setTimeout(() => socket.terminate(), PONG_WITHIN)
      },
      pong: (received) => {
        if (received) clearTimeout(overdue)
      },
    },
  })
  // Opens a new connection, because the old one may be broken after the network was away.
  window.addEventListener('online', () => monitor.connection().state === 'live' && socket.terminate())
  return socket
}
