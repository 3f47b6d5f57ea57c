import { cleanup, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { type Client, CombinedError, Provider } from 'urql'
import { afterEach, expect, it, vi } from 'vitest'
import { fromValue } from 'wonka'
import { TrainNow } from './TrainNow'

afterEach(cleanup)

const MODELS = [{ family: 'LIGHTGBM' as const, versions: [{ number: 3, slot: 'CURRENT' as const }] }]
const show = (answer: object, running?: number, onRequested = () => undefined) => {
  const executeMutation = vi.fn(() => fromValue(answer))
  render(
    <Provider value={{ executeMutation } as unknown as Client}>
      <TrainNow symbol="BTCUSDT" running={running} models={MODELS} onRequested={onRequested} />
    </Provider>,
  )
  return executeMutation
}
const press = (name: string) => userEvent.click(screen.getByRole('button', { name }))

it('asks for confirmation and names the replaced versions', async () => {
  const asked = show({ data: { requestTraining: { number: 4 } } })
  await press('Train now')
  expect(screen.getByRole('dialog').textContent).toContain('version 3 (v3, current) becomes v2')
  expect(asked).not.toHaveBeenCalled()
  await press('Cancel')
  expect(screen.queryByRole('dialog')).toBeNull()
  expect(asked).not.toHaveBeenCalled()
})

it('is disabled with a reason while a cycle runs', async () => {
  const asked = show({}, 4)
  const button = screen.getByRole('button', { name: 'Train now' })
  expect((button as HTMLButtonElement).disabled).toBe(true)
  expect(document.getElementById(button.getAttribute('aria-describedby') ?? '')?.textContent).toBe(
    'Training cycle 4 is running. The next one can be requested when it has ended.',
  )
  await userEvent.click(button)
  expect(asked).not.toHaveBeenCalled()
})

it('shows the reason of a refusal', async () => {
  const error = new CombinedError({
    graphQLErrors: [{ message: 'training was running as cycle 3, expected no running cycle (CYCLE_RUNNING)' }],
  })
  show({ error })
  await press('Train now')
  await press('Train and replace')
  expect((await screen.findByRole('alert')).textContent).toBe(
    'training was running as cycle 3, expected no running cycle (CYCLE_RUNNING)',
  )
})

it('shows the requested cycle and refreshes the list', async () => {
  const requested = vi.fn()
  show({ data: { requestTraining: { number: 4 } } }, undefined, requested)
  await press('Train now')
  await press('Train and replace')
  expect((await screen.findByRole('status')).textContent).toBe('Cycle 4 was requested')
  expect(requested).toHaveBeenCalledOnce()
})
