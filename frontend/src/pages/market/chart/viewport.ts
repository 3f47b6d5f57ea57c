import type { Span } from '../../../lib/period'
import { warmUp } from './ema'
import { bucketOf } from './series'

/** A candle and its space on the screen; narrower ones cannot be told apart. */
const PIXELS_PER_BAR = 2.5
const DAY = 86_400

/** The lengths that divide a day into whole minutes: what the server may merge candles into. */
const BUCKETS: readonly number[] = Array.from({ length: 1_440 }, (_, i) => (i + 1) * 60).filter((s) => DAY % s === 0)

/** How many bars a chart of this width can show. */
export const screenPoints = (width: number): number => Math.min(1_600, Math.max(60, Math.floor(width / PIXELS_PER_BAR)))

/** The smallest bucket with which a span gives no more than so many points; beyond a day, whole days. */
export function bucketFor(seconds: number, points: number): number {
  const fits = BUCKETS.find((bucket) => Math.ceil(seconds / bucket) <= points)
  return fits ?? Math.ceil(seconds / points / DAY) * DAY
}

export interface WindowRequest extends Span {
  maxPoints: number
}

/** What the market holds: open times of its first and its newest bar. */
export interface Extent {
  first: number
  last: number
}

/**
 * What to fetch so that `visible` can be drawn: as much again on both sides, so that panning finds something there, and to the
 * left what an average of 26 buckets needs to settle. Ends are whole buckets within what the market holds.
 */
export function requestFor(visible: Span, width: number, extent: Extent): WindowRequest {
  const length = Math.max(60, visible.to - visible.from)
  const bucket = bucketFor(length, screenPoints(width))
  const margin = Math.max(length, (warmUp(26) + 1) * bucket)
  const from = Math.max(bucketOf(extent.first, bucket), bucketOf(visible.from - margin, bucket))
  const end = bucketOf(extent.last, bucket) + bucket
  const to = Math.max(from + bucket, Math.min(end, bucketOf(visible.to + length, bucket) + bucket))
  return { from, to, maxPoints: Math.min(5_000, Math.max(1, Math.ceil((to - from) / bucket))) }
}

/** What is loaded: the asked-for span and the bucket that the server chose. */
export interface Loaded extends Span {
  bucket: number
}

/** Whether the view has come so near an edge of what is loaded, or so far from its resolution, that it is time to fetch. */
export function needsFetch(visible: Span, width: number, loaded: Loaded, extent: Extent): boolean {
  const length = Math.max(60, visible.to - visible.from)
  const ideal = bucketFor(length, screenPoints(width))
  if (ideal * 2 <= loaded.bucket || ideal >= loaded.bucket * 2) return true
  const near = length / 4
  const left = visible.from - near < loaded.from && loaded.from > bucketOf(extent.first, loaded.bucket)
  const right = visible.to + near > loaded.to && loaded.to <= bucketOf(extent.last, loaded.bucket)
  return left || right
}
