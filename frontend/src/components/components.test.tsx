// @vitest-environment happy-dom
import { cleanup, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { CombinedError } from 'urql'
import { afterEach, expect, it, vi } from 'vitest'
import { Problem } from './Problem'
import { Segmented } from './Segmented'
import { SplitBar } from './SplitBar'
import { Toggle } from './Toggle'

afterEach(cleanup)

it('shows an error in the server’s words', () => {
  const error = new CombinedError({
    graphQLErrors: [{ message: "symbol was 'btc', expected capitals", extensions: { code: 'BAD_SYMBOL' } }],
  })
  render(<Problem error={error} />)
  expect(screen.getByRole('alert').textContent).toContain("symbol was 'btc', expected capitals")
  expect(screen.getByText('BAD_SYMBOL')).toBeTruthy()
})

it('distinguishes an unreachable server from a refusal', async () => {
  const retry = vi.fn()
  render(<Problem error={new CombinedError({ networkError: new TypeError('Failed to fetch') })} retry={retry} />)
  expect(screen.getByText('The server cannot be reached')).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }))
  expect(retry).toHaveBeenCalledOnce()
})

it('selects an option of a group', async () => {
  const change = vi.fn()
  render(<Segmented label="Period" options={['1h', '6h', '1d']} value="6h" onChange={change} />)
  expect(screen.getByRole('group', { name: 'Period' })).toBeTruthy()
  await userEvent.click(screen.getByRole('radio', { name: '1d' }))
  expect(change).toHaveBeenCalledWith('1d')
})

it('exposes the state of a toggle', async () => {
  const change = vi.fn()
  render(
    <Toggle pressed onChange={change}>
      EMA 12
    </Toggle>,
  )
  const button = screen.getByRole('button', { name: 'EMA 12', pressed: true })
  await userEvent.click(button)
  expect(change).toHaveBeenCalledWith(false)
})

it('describes the parts of a split bar', () => {
  render(<SplitBar label="Signals" sell={1_200} hold={3} buy={0} />)
  expect(screen.getByRole('img', { name: 'Signals: sell 1,200, hold 3, buy 0' })).toBeTruthy()
})
