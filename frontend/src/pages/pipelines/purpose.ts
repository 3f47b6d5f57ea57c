import type { CycleFactsFragment } from '../../api/generated/graphql'
import { familyName } from '../../lib/family'

/** Returns why a cycle runs: the reason of its request, or the run that it repeats. */
export function purposeOf({ reason, repeats }: Pick<CycleFactsFragment, 'reason' | 'repeats'>): string {
  if (!repeats) return reason
  const [, cycle, family = ''] = repeats.split('/')
  return `repeats ${familyName(family)} of cycle ${cycle}`
}
