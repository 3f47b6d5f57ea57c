// @vitest-environment happy-dom
import { cleanup, render, screen } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import { DegenerateBadge } from './DegenerateBadge'

afterEach(cleanup)

test('marks a degenerate version with its signal and the consequence', () => {
  render(<DegenerateBadge signal="HOLD" />)
  expect(screen.getByText('Degenerate').title).toMatch(/^Predicts HOLD .* Not promoted: the next training cycle/)
})

test('any other version is not', () => {
  const { container } = render(<DegenerateBadge signal={null} />)
  expect(container.textContent).toBe('')
})
