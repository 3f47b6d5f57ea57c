// @vitest-environment happy-dom
import { cleanup, render, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, it, vi } from 'vitest'
import { FeeInput } from './FeeInput'
import { LiveSignal } from './LiveSignal'
import { PerformanceTable } from './PerformanceTable'
import type { VersionPerformance } from './spans'

afterEach(cleanup)

it('applies a fee that is a valid percentage', async () => {
  const change = vi.fn()
  render(<FeeInput rate={0.001} onChange={change} />)
  const input = screen.getByRole('textbox', { name: 'Fee per trade in percent' })
  expect((input as HTMLInputElement).value).toBe('0.1')
  await userEvent.clear(input)
  expect(change).not.toHaveBeenCalled()
  expect(input.getAttribute('aria-invalid')).toBe('true')
  await userEvent.type(input, '0,25')
  expect(change).toHaveBeenLastCalledWith(0.0025)
  change.mockClear()
  await userEvent.type(input, 'x')
  expect(change).not.toHaveBeenCalled()
})

it('shows profits beside baselines with their spans', () => {
  const versions: VersionPerformance[] = [
        {
          version: 'lightgbm:BTCUSDT:3',
          slot: 'CURRENT',
          predictions: 1_440,
          resolved: 1_439,
          buy: 1,
          hold: 2,
          sell: 3,
          accuracy: 0.47,
          majorityAccuracy: 0.439,
          profitBeforeFees: 0.012,
          profitAfterFees: -0.106,
          trades: 118,
          late: 0,
          judgedFrom: '2022-01-01T00:00:00Z',
          judgedTo: '2022-01-03T11:59:00Z',
          reconciled: { predictions: 2_880, resolved: 2_880, accuracy: 0.44, majorityAccuracy: 0.435, profitAfterFees: -0.2 },
          inSample: { predictions: 9_000, resolved: 9_000, accuracy: 0.71, majorityAccuracy: 0.44, profitAfterFees: 3 },
        },
        {
          version: 'lightgbm:BTCUSDT:1',
          slot: 'BASELINE',
          predictions: 0,
          resolved: 0,
          buy: 0,
          hold: 0,
          sell: 0,
          accuracy: null,
          majorityAccuracy: null,
          profitBeforeFees: 0,
          profitAfterFees: 0,
          trades: 0,
          late: 0,
          judgedFrom: null,
          judgedTo: null,
          reconciled: null,
          inSample: null,
        },
      ]
  render(<PerformanceTable buyAndHold={-0.0123} versions={versions} judged={versions} span={{ from: 0, to: 259_200 }} />)
  const cells = (name: string) =>
    within(screen.getByRole('row', { name: new RegExp(`^${name}`) }))
      .getAllByRole('cell')
      .map((cell) => cell.textContent)
  expect(cells('Accuracy')).toEqual(['47.0 %', '–'])
  expect(cells('Edge')).toEqual(['+3.1 pp', '–'])
  expect(cells('Profit after fees')).toEqual(['−10.60 %', '±0.00 %'])
  expect(cells('Buy and hold, 3 d')).toEqual(['−1.23 %'])
  expect(cells('Judged over')).toEqual(['2 d 12 h', '–'])
  expect(cells('Reconciled accuracy')).toEqual(['44.0 %', '–'])
  expect(cells('In-sample accuracy')).toEqual(['71.0 %', '–'])
  expect(screen.queryByText('Late, left out')).toBeNull()
})

it('shows the bar, lateness and expiry of a live signal', () => {
  render(
    <ul>
      <LiveSignal
        version={{
          id: 'lightgbm:BTCUSDT:3',
          number: 3,
          state: 'LIVE',
          slot: 'CURRENT',
          trainedAt: '2022-01-01T00:00:00Z',
          expiresAt: '2022-01-08T00:00:00Z',
          expired: true,
          label: { horizonBars: 1, thresholdPercent: 0.015 },
        }}
        prediction={{
          version: 'lightgbm:BTCUSDT:3',
          openTime: '2022-01-09T10:00:00Z',
          recordedAt: '2022-01-09T10:02:00Z',
          signal: 'SELL',
          sell: 0.5,
          hold: 0.3,
          buy: 0.2,
          origin: 'LATE',
        }}
      />
    </ul>,
  )
  const item = screen.getByRole('listitem').textContent ?? ''
  for (const part of ['v3 Current', 'LightGBM 3', 'SELL', '50.0 %', 'bar 10:00', 'LATE', 'EXPIRED 08 Jan 2022']) {
    expect(item).toContain(part)
  }
})
