import { expect, it } from 'vitest'
import { replacements } from './replacements'

it('names each live version that a promotion moves', () => {
  expect(
    replacements([
      {
        family: 'LIGHTGBM',
        versions: [
          { number: 5, slot: 'CURRENT' },
          { number: 4, slot: 'PREVIOUS' },
          { number: 3, slot: null },
          { number: 1, slot: 'BASELINE' },
        ],
      },
      { family: 'TST', versions: [] },
    ]),
  ).toEqual([
    {
      family: 'LightGBM',
      lines: [
        'the new version becomes v3, current',
        'version 5 (v3, current) becomes v2, previous',
        'version 4 (v2, previous) is archived and stops predicting',
        'version 1 (v1, baseline) stays',
      ],
    },
    { family: 'Time series transformer', lines: ['the first version becomes v1, baseline, and stays that'] },
  ])
})
