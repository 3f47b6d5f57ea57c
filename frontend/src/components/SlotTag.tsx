import type { Slot } from '../api/generated/graphql'
import { SLOT_NAMES, SLOT_TAGS } from '../lib/family'
import { Badge } from './Badge'

export function SlotTag({ slot }: { slot: Slot }) {
  return (
    <Badge tone={slot === 'CURRENT' ? 'accent' : 'plain'} title={`${SLOT_NAMES[slot]} slot`}>
      {SLOT_TAGS[slot]} {SLOT_NAMES[slot]}
    </Badge>
  )
}
