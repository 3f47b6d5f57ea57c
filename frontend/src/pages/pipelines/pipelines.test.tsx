// @vitest-environment happy-dom
import { cleanup, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, it, vi } from 'vitest'
import { CycleGraph } from './CycleGraph'
import { at, cycle, run } from './fixtures'
import { LearningCurves } from './LearningCurves'
import { graphOf } from './steps'

afterEach(cleanup)

it('shows the steps of a family in order and opens a run', async () => {
  const runs = [run('lightgbm', 1, 'RUNNING', { wall: { requested: at(5), begun: at(6), ended: null } })]
  const choose = vi.fn()
  render(<CycleGraph graph={graphOf(cycle({ runs }), [], Date.parse(at(60)))} chosen={undefined} onChoose={choose} />)
  const steps = screen.getByRole('list', { name: 'Steps of LightGBM' })
  expect([...steps.children].map((step) => step.textContent.replace(/\s/g, ' '))).toEqual(['RunRunning, 54 s', 'ParityWaiting', 'RegisterWaiting', 'LaneWaiting', 'BackfillWaiting', 'SlotsWaiting'])
  await userEvent.click(screen.getByRole('button', { name: /Run/ }))
  expect(choose).toHaveBeenCalledWith('BTCUSDT/4/lightgbm/1')
})

it('shows one measure at a time with its latest values and best step', async () => {
  const choose = vi.fn()
  const steps = [1, 2, 3]
  render(
    <LearningCurves
      curves={[
        { metric: 'train-loss', steps, values: [1, 0.9, 0.8] },
        { metric: 'validation-loss', steps, values: [1, 0.85, 0.95] },
        { metric: 'validation-accuracy', steps, values: [0.3, 0.4, 0.5] },
      ]}
      measure={undefined}
      onMeasure={choose}
    />,
  )
  const figure = screen.getByRole('figure', { name: 'Learning curve, loss' })
  expect(figure.textContent).toContain('train 0.8000')
  expect(figure.textContent).toContain('validation 0.9500')
  expect(figure.textContent).toContain('best validation 0.8500 at step 2')
  await userEvent.click(screen.getByRole('radio', { name: 'accuracy' }))
  expect(choose).toHaveBeenCalledWith('accuracy')
})
