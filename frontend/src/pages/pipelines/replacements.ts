import type { ModelFamily, Slot } from '../../api/generated/graphql'
import { FAMILY_NAMES } from '../../lib/family'

/** A model with the facts of its versions that a promotion changes. */
export interface Replaced {
  family: ModelFamily
  versions: readonly { number: number; slot?: Slot | null | undefined }[]
}

/** Describes the effect of a promotion on the live versions of each family. */
export function replacements(models: readonly Replaced[]): { family: string; lines: string[] }[] {
  return models.map(({ family, versions }) => {
    const inSlot = (slot: Slot) => versions.find((version) => version.slot === slot)
    const [current, previous, baseline] = [inSlot('CURRENT'), inSlot('PREVIOUS'), inSlot('BASELINE')]
    const lines = [baseline ? 'the new version becomes v3, current' : 'the first version becomes v1, baseline, and stays that']
    if (current) lines.push(`version ${current.number} (v3, current) becomes v2, previous`)
    if (previous && current) lines.push(`version ${previous.number} (v2, previous) is archived and stops predicting`)
    if (baseline) lines.push(`version ${baseline.number} (v1, baseline) stays`)
    return { family: FAMILY_NAMES[family], lines }
  })
}
