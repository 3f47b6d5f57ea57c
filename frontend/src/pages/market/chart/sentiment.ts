import type { SentimentFactsFragment, Slot } from '../../../api/generated/graphql'
import { slotRank } from '../../../lib/family'

/** Sentiment of the news according to a live version: values from −1 to 1, each valid until the next one. */
export interface Mood {
  version: string
  slot: Slot
  /** Epoch seconds, ascending. */
  time: readonly number[]
  value: readonly number[]
}

/** Returns the sentiment of versions that hold a slot, current first. */
export const toMoods = (series: readonly SentimentFactsFragment[]): Mood[] =>
  series
    .flatMap(({ version, slot, time, sentiment }) => (slot ? [{ version, slot, time, value: sentiment }] : []))
    .sort((a, b) => slotRank(a.slot) - slotRank(b.slot))

/**
 * Returns the value at each cell: that of the last point up to it, since a mean in which all articles decay alike is constant until
 * one is added. There is none before the first point.
 */
export function alongGrid({ time, value }: Mood, cells: readonly { time: number }[]): (number | undefined)[] {
  let next = 0
  return cells.map((cell) => {
    while (next < time.length && time[next]! <= cell.time) next += 1
    return value[next - 1]
  })
}
