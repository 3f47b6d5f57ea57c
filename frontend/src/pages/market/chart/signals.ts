import type { Signal, SignalFactsFragment, Slot } from '../../../api/generated/graphql'
import { bucketOf } from './series'
import { familyOf } from '../../../lib/family'
import { type Span, toSeconds } from '../../../lib/period'

/** Signals of a version within one bucket. */
export interface SignalCounts {
  sell: number
  hold: number
  buy: number
  last: Signal
  /** Some of them were computed from the log afterwards; absent for live ones. */
  reconciled?: boolean
}

/** Signals of one live version, by start of bucket. */
export interface Lane {
  version: string
  slot: Slot
  counts: ReadonlyMap<number, SignalCounts>
  /** Open times of the first and last bar that it has seen in training, in epoch seconds. */
  inSample: Span
}

export interface SignalColumns {
  version: string
  slot?: Slot | null | undefined
  bucketSeconds: number
  time: readonly number[]
  sell: readonly number[]
  hold: readonly number[]
  buy: readonly number[]
  last: readonly Signal[]
  reconciled: readonly number[]
  inSample: { from: string; to: string }
}

/** Returns the versions that hold a slot and predict bars, current first. */
export function toLanes(series: readonly SignalColumns[]): Lane[] {
  const order: Record<Slot, number> = { CURRENT: 0, PREVIOUS: 1, BASELINE: 2 }
  return series
    .flatMap((s) => (s.slot && familyOf(s.version) !== 'TRL' ? [{ ...s, slot: s.slot }] : []))
    .map((s) => ({
      version: s.version,
      slot: s.slot,
      inSample: { from: toSeconds(s.inSample.from), to: toSeconds(s.inSample.to) },
      counts: new Map(
        s.time.map((time, i) => [
          time,
          { sell: s.sell[i]!, hold: s.hold[i]!, buy: s.buy[i]!, last: s.last[i]!, reconciled: s.reconciled[i]! > 0 },
        ]),
      ),
    }))
    .sort((a, b) => order[a.slot] - order[b.slot] || a.version.localeCompare(b.version))
}

/** Bars that some lanes have seen in training, with the slots of these lanes. */
export interface SeenSpan extends Span {
  slots: readonly Slot[]
}

/** Returns the spans that the lanes have seen, each once. */
export function inSampleSpans(lanes: readonly Lane[]): SeenSpan[] {
  const spans = new Map<string, SeenSpan>()
  for (const { inSample, slot } of lanes) {
    const key = `${inSample.from} ${inSample.to}`
    const slots = spans.get(key)?.slots ?? []
    spans.set(key, { ...inSample, slots: slots.includes(slot) ? slots : [...slots, slot] })
  }
  return [...spans.values()]
}

/** Returns whether a lane's signals in the bucket at `time` are no live ones, and why. */
export function apart({ inSample, counts }: Lane, time: number): 'in sample' | 'reconciled' | undefined {
  if (inSample.from <= time && time <= inSample.to) return 'in sample'
  return counts.get(time)?.reconciled ? 'reconciled' : undefined
}

/** Returns the most frequent signal; among equals the latest one, if it is one of them. */
export function dominant({ sell, hold, buy, last }: SignalCounts): { signal: Signal; share: number } {
  const counts: Record<Signal, number> = { SELL: sell, HOLD: hold, BUY: buy }
  let signal = last
  for (const other of ['SELL', 'HOLD', 'BUY'] as const) if (counts[other] > counts[signal]) signal = other
  const total = sell + hold + buy
  return { signal, share: total ? counts[signal] / total : 0 }
}

/**
 * Applies live predictions. In buckets of one bar each prediction replaces the previous one, so this is idempotent; in longer
 * buckets it is counted if its bar is newer than `countedTo`.
 */
export function mergePredictions(
  lanes: readonly Lane[],
  predictions: readonly SignalFactsFragment[],
  bucket: number,
  countedTo: ReadonlyMap<string, number>,
): { lanes: readonly Lane[]; countedTo: ReadonlyMap<string, number>; unknown: boolean } {
  const counts = new Map<string, Map<number, SignalCounts>>()
  const known = new Map(lanes.map((lane) => [lane.version, lane]))
  const counted = new Map(countedTo)
  let unknown = false

  for (const prediction of predictions) {
    const lane = known.get(prediction.version)
    if (!lane) {
      unknown = true
      continue
    }
    const openTime = Math.floor(Date.parse(prediction.openTime) / 1000)
    const time = bucketOf(openTime, bucket)
    const mine = counts.get(lane.version) ?? new Map(lane.counts)
    if (bucket === 60) mine.set(time, add(undefined, prediction.signal))
    else if (openTime > (counted.get(lane.version) ?? Number.NEGATIVE_INFINITY)) {
      mine.set(time, add(mine.get(time), prediction.signal))
    } else continue
    counted.set(lane.version, Math.max(openTime, counted.get(lane.version) ?? openTime))
    counts.set(lane.version, mine)
  }
  if (counts.size === 0) return { lanes, countedTo, unknown }
  return {
    lanes: lanes.map((lane) => ({ ...lane, counts: counts.get(lane.version) ?? lane.counts })),
    countedTo: counted,
    unknown,
  }
}

function add(before: SignalCounts | undefined, signal: Signal): SignalCounts {
  const counts = before ?? { sell: 0, hold: 0, buy: 0, last: signal }
  return {
    sell: counts.sell + (signal === 'SELL' ? 1 : 0),
    hold: counts.hold + (signal === 'HOLD' ? 1 : 0),
    buy: counts.buy + (signal === 'BUY' ? 1 : 0),
    last: signal,
  }
}
