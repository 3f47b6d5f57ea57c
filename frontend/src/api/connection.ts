/** State of the page's connection to the server. */
export type Connection =
  | { state: 'connecting' }
  | { state: 'live' }
  | { state: 'waiting'; attempt: number; until: number }

/**
 * Milliseconds after subscribing until subscriptions count as active, since the server confirms none, and until read models contain
 * everything recorded before. Data fetched then and data streamed since leave no gap between them.
 */
export const CAUGHT_UP = 1_000

/**
 * Watches the WebSocket. `recoveries` counts its reconnects: data on display are fetched again when it grows,
 * because events in between were not streamed.
 */
export class ConnectionMonitor {
  private current: Connection = { state: 'connecting' }
  private lost = false
  private recovered = 0
  private recovery: ReturnType<typeof setTimeout> | undefined
  private readonly listeners = new Set<() => void>()

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  readonly connection = (): Connection => this.current
  readonly recoveries = (): number => this.recovered

  connecting(): void {
    if (!this.lost) this.change({ state: 'connecting' })
  }

  connected(): void {
    if (this.lost) {
      this.recovery = setTimeout(() => {
        this.recovered += 1
        this.tell()
      }, CAUGHT_UP)
    }
    this.lost = false
    this.change({ state: 'live' })
  }

  waiting(attempt: number, until: number): void {
    this.lost = true
    this.change({ state: 'waiting', attempt, until })
  }

  closed(): void {
    clearTimeout(this.recovery)
    this.lost = true
    if (this.current.state === 'live') this.change({ state: 'waiting', attempt: 0, until: Date.now() })
  }

  private change(next: Connection): void {
    this.current = next
    this.tell()
  }

  private tell(): void {
    for (const listener of this.listeners) listener()
  }
}

/** Returns the pause in milliseconds before attempt n (from 0): doubling from half a second to 15 s, the upper half random. */
export function backoff(attempt: number, random: () => number = Math.random): number {
  const ceiling = Math.min(15_000, 500 * 2 ** Math.min(attempt, 10))
  return Math.round(ceiling / 2 + (ceiling / 2) * random())
}
