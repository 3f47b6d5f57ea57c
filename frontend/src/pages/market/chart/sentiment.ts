import type { SentimentFactsFragment, Slot } from '../../../api/generated/graphql'
import { slotRank } from '../../../lib/family'

/** How the news sounded to a live version: values of −1 to 1 that hold until the next one. */
export interface Mood {
  version: string
  slot: Slot
  /** Epoch seconds, ascending. */
  time: readonly number[]
  value: readonly number[]
}

/** Versions that hold a slot, current first. */
export const toMoods = (series: readonly SentimentFactsFragment[]): Mood[] =>
  series
    .flatMap(({ version, slot, time, sentiment }) => (slot ? [{ version, slot, time, value: sentiment }] : []))
    .sort((a, b) => slotRank(a.slot) - slotRank(b.slot))

/**
 * The value at each cell: that of the last point up to it, since a mean in which all articles fade alike stays as it is until
 * one is added. Before the first point there is none.
 */
export function alongGrid({ time, value }: Mood, cells: readonly { time: number }[]): (number | undefined)[] {
  let next = 0
  return cells.map((cell) => {
    while (next < time.length && time[next]! <= cell.time) next += 1
    return value[next - 1]
  })
}
