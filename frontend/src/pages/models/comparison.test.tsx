// @vitest-environment happy-dom
import { cleanup, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, it } from 'vitest'
import type { VersionFactsFragment } from '../../api/generated/graphql'
import { CompareVersions } from './CompareVersions'
import { compareVersions } from './comparison'
import { version } from './fixtures'

afterEach(cleanup)

const differences = (left: VersionFactsFragment, right: VersionFactsFragment) =>
  compareVersions(left, right).flatMap(({ lines }) => lines.filter((line) => line.differs))

it('finds no difference between equal versions', () => {
  expect(differences(version(1), version(2))).toEqual([])
})

it('marks the better figure: lower losses, higher accuracies', () => {
  const found = differences(version(1, { accuracy: 0.5, logLoss: 1.05, trades: 9 }), version(2))
  expect(found.map(({ name, better }) => [name, better])).toEqual([
    ['Accuracy', 'left'],
    ['Log loss', 'right'],
    ['Trades', undefined],
  ])
})

it('lists parameters that only one of them has', () => {
  const found = differences(version(1, {}, [{ name: 'leaves', value: '31' }]), version(2, {}, [{ name: 'depth', value: '6' }]))
  expect(found.map(({ name, left, right }) => [name, left, right])).toEqual([
    ['leaves', '31', '–'],
    ['depth', '–', '6'],
  ])
})

it('shows differences first, and everything on request', async () => {
  render(<CompareVersions left={version(1, { accuracy: 0.5, rows: 90 })} right={version(2)} />)
  expect(screen.getByText('They were evaluated on different rows')).toBeTruthy()
  expect(screen.getByRole('row', { name: /Accuracy differs/ }).textContent).toContain('50.00 % better')
  expect(screen.queryByRole('row', { name: /Log loss/ })).toBeNull()
  await userEvent.click(screen.getByRole('button', { name: 'Only differences' }))
  expect(screen.getByRole('row', { name: /Log loss/ })).toBeTruthy()
})
