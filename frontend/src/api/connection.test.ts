import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { backoff, CAUGHT_UP, ConnectionMonitor } from './connection'

describe('backoff', () => {
  it('doubles up to fifteen seconds with a random upper half', () => {
    expect([0, 1, 2, 3, 4, 5, 9].map((n) => backoff(n, () => 1))).toEqual([500, 1000, 2000, 4000, 8000, 15000, 15000])
    expect(backoff(2, () => 0)).toBe(1000)
  })
})

describe('the monitor', () => {
  beforeEach(() => vi.useFakeTimers())
  afterEach(() => vi.useRealTimers())

  it('counts no recovery for the first connection', () => {
    const monitor = new ConnectionMonitor()
    monitor.connecting()
    monitor.connected()
    expect(monitor.recoveries()).toBe(0)
    expect(monitor.connection().state).toBe('live')
  })

  it('counts a recovery for each reconnect', () => {
    const monitor = new ConnectionMonitor()
    monitor.connected()
    monitor.closed()
    monitor.waiting(1, 0)
    expect(monitor.connection()).toEqual({ state: 'waiting', attempt: 1, until: 0 })
    monitor.connecting()
    expect(monitor.connection().state).toBe('waiting')
    monitor.connected()
    expect(monitor.recoveries()).toBe(0)
    vi.advanceTimersByTime(CAUGHT_UP)
    expect(monitor.recoveries()).toBe(1)
  })

  it('counts a recovery when the first attempts failed', () => {
    const monitor = new ConnectionMonitor()
    monitor.waiting(1, 0)
    monitor.connected()
    expect(monitor.recoveries()).toBe(0)
    vi.advanceTimersByTime(CAUGHT_UP)
    expect(monitor.recoveries()).toBe(1)
  })

  it('counts no recovery for a connection lost before its subscriptions were active', () => {
    const monitor = new ConnectionMonitor()
    monitor.waiting(1, 0)
    monitor.connected()
    monitor.closed()
    vi.advanceTimersByTime(CAUGHT_UP)
    expect(monitor.recoveries()).toBe(0)
  })

  it('notifies listeners until they unsubscribe', () => {
    const monitor = new ConnectionMonitor()
    const listener = vi.fn()
    const stop = monitor.subscribe(listener)
    monitor.connected()
    stop()
    monitor.closed()
    expect(listener).toHaveBeenCalledTimes(1)
  })
})
