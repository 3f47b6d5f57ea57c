import { expect, it } from 'vitest'
import { failureOf, withoutLog } from './failure'

it('takes fault, log and remedy apart', () => {
  const reason = 'the worker ended with code 1; its log ends: step 410. Loss 0.9 / java.io.IOException: No space left on device. Free 2.5 GB in hindcast.training.folder.'
  expect(failureOf(reason)).toEqual({
    fault: 'the worker ended with code 1.',
    log: ['step 410. Loss 0.9', 'java.io.IOException: No space left on device'],
    remedy: 'Free 2.5 GB in hindcast.training.folder.',
  })
  expect(withoutLog(reason)).toBe('the worker ended with code 1. Free 2.5 GB in hindcast.training.folder.')
})

it('leaves a reason without a log as it is', () => {
  expect(failureOf('the machine did not start in 10 minutes. It is tried again.')).toEqual({
    fault: 'the machine did not start in 10 minutes. It is tried again.',
    log: [],
  })
})
