// @vitest-environment happy-dom
import { cleanup, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { type Client, CombinedError, Provider } from 'urql'
import { afterEach, expect, it, vi } from 'vitest'
import { fromValue } from 'wonka'
import { CancelCycle } from './CancelCycle'
import { StartCycle } from './StartCycle'

afterEach(cleanup)

const MODELS = [{ family: 'LIGHTGBM' as const, versions: [{ number: 3, slot: 'CURRENT' as const }] }]
const press = (name: string) => userEvent.click(screen.getByRole('button', { name }))

function show(answer: object, running?: number, onStarted = () => undefined) {
  const executeMutation = vi.fn(() => fromValue(answer))
  render(
    <Provider value={{ executeMutation } as unknown as Client}>
      <StartCycle symbol="BTCUSDT" running={running} models={MODELS} label="Train now" onStarted={onStarted} />
      <CancelCycle symbol="BTCUSDT" cycle={4} registered={1} onCancelled={onStarted} />
    </Provider>,
  )
  return executeMutation
}

it('asks for confirmation and names the replaced versions', async () => {
  const asked = show({ data: { requestTraining: { number: 4 } } })
  await press('Train now')
  expect(screen.getByRole('dialog').textContent).toContain('version 3 (v3, current) becomes v2')
  await press('Cancel')
  expect(screen.queryByRole('dialog')).toBeNull()
  expect(asked).not.toHaveBeenCalled()
})

it('cannot be confirmed while a cycle runs, and says so', async () => {
  const asked = show({}, 4)
  await press('Train now')
  expect(screen.getByRole('status').textContent).toBe('Cycle 4 is running. The next one can be started when it has ended.')
  await press('Start a cycle')
  expect(asked).not.toHaveBeenCalled()
})

it('keeps the dialog with the reason of a refusal', async () => {
  const message = 'training was running as cycle 3, expected no running cycle (CYCLE_RUNNING)'
  show({ error: new CombinedError({ graphQLErrors: [{ message }] }) })
  await press('Train now')
  await press('Start a cycle')
  expect((await screen.findByRole('alert')).textContent).toBe(message)
  expect(screen.getByRole('dialog')).toBeTruthy()
})

it('closes the dialog and reports the started cycle', async () => {
  const started = vi.fn()
  show({ data: { requestTraining: { number: 4 } } }, undefined, started)
  await press('Train now')
  await press('Start a cycle')
  expect(started).toHaveBeenCalledWith(4)
  expect(screen.queryByRole('dialog')).toBeNull()
})

it('cancels for a reason only, which is sent without blanks around it', async () => {
  const asked = show({ data: { cancelTraining: 4 } })
  await press('Cancel cycle 4')
  const confirm = screen.getByRole('button', { name: 'Cancel the cycle' }) as HTMLButtonElement
  await userEvent.type(screen.getByLabelText(/Why is it cancelled/), '  ')
  expect(confirm.disabled).toBe(true)
  await userEvent.type(screen.getByLabelText(/Why is it cancelled/), 'wrong settings {Enter}')
  expect(asked).toHaveBeenCalledOnce()
  expect(JSON.stringify(asked.mock.calls[0])).toContain('"reason":"wrong settings"')
})
