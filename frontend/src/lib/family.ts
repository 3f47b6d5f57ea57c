import type { ModelFamily, Signal, Slot } from '../api/generated/graphql'

export const FAMILY_NAMES: Record<ModelFamily, string> = {
  LIGHTGBM: 'LightGBM',
  TST: 'Time series transformer',
  TRL: 'News transformer',
}

/** Short names for narrow places. */
const FAMILY_TAGS: Record<ModelFamily, string> = { LIGHTGBM: 'LGB', TST: 'TST', TRL: 'TRL' }

/** Returns the family of a version id such as `lightgbm:BTCUSDT:1`. */
export const familyOf = (version: string): ModelFamily => (version.split(':')[0] ?? '').toUpperCase() as ModelFamily

/** Returns family and slot in a few letters. */
export const laneTag = (version: string, slot: Slot): string => `${FAMILY_TAGS[familyOf(version)]} ${SLOT_TAGS[slot]}`

/** Returns the display name of a family as written in version ids: `lightgbm` is LightGBM. */
export const familyName = (id: string): string => FAMILY_NAMES[id.toUpperCase() as ModelFamily] ?? id

export const SLOT_TAGS: Record<Slot, 'v1' | 'v2' | 'v3'> = { BASELINE: 'v1', PREVIOUS: 'v2', CURRENT: 'v3' }
export const SLOT_NAMES: Record<Slot, string> = { BASELINE: 'Baseline', PREVIOUS: 'Previous', CURRENT: 'Current' }
export const SLOTS: readonly Slot[] = ['CURRENT', 'PREVIOUS', 'BASELINE']
export const SIGNALS: readonly Signal[] = ['SELL', 'HOLD', 'BUY']

/** Sort key of a slot: current, previous, baseline, then versions that are not live. */
export const slotRank = (slot: Slot | null | undefined): number => (slot ? SLOTS.indexOf(slot) : SLOTS.length)
