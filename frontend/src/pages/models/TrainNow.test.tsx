import { cleanup, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { type Client, CombinedError, Provider } from 'urql'
import { afterEach, expect, it, vi } from 'vitest'
import { fromValue } from 'wonka'
import { TrainNow } from './TrainNow'

afterEach(cleanup)

const withAnswer = (answer: object) => ({ executeMutation: vi.fn(() => fromValue(answer)) }) as unknown as Client

it('shows plainly why training was refused', async () => {
  const error = new CombinedError({
    graphQLErrors: [{ message: 'training was running as cycle 3, expected no running cycle (CYCLE_RUNNING)' }],
  })
  render(
    <Provider value={withAnswer({ error })}>
      <TrainNow symbol="BTCUSDT" running={false} onRequested={() => undefined} />
    </Provider>,
  )
  await userEvent.click(screen.getByRole('button', { name: 'Train now' }))
  expect((await screen.findByRole('alert')).textContent).toBe(
    'training was running as cycle 3, expected no running cycle (CYCLE_RUNNING)',
  )
})

it('says which cycle was asked for and has the list fetched again', async () => {
  const requested = vi.fn()
  render(
    <Provider value={withAnswer({ data: { requestTraining: { number: 4 } } })}>
      <TrainNow symbol="BTCUSDT" running={false} onRequested={requested} />
    </Provider>,
  )
  await userEvent.click(screen.getByRole('button', { name: 'Train now' }))
  expect((await screen.findByRole('status')).textContent).toBe('Cycle 4 was asked for')
  expect(requested).toHaveBeenCalledOnce()
})
