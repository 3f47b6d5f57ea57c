import type { Span } from '../../../lib/period'
import { warmUp } from './ema'
import { bucketOf } from './series'

/** Smallest width of a candle with its spacing, in pixels. */
const PIXELS_PER_BAR = 2.5
const DAY = 86_400

/** Bucket lengths that divide a day into whole minutes, as used by the server. */
const BUCKETS: readonly number[] = Array.from({ length: 1_440 }, (_, i) => (i + 1) * 60).filter((s) => DAY % s === 0)

/** Returns the number of bars that a chart of this width can show. */
export const screenPoints = (width: number): number => Math.min(1_600, Math.max(60, Math.floor(width / PIXELS_PER_BAR)))

/** Returns the smallest bucket length with at most `points` buckets in a span; above a day, whole days. */
export function bucketFor(seconds: number, points: number): number {
  const fits = BUCKETS.find((bucket) => Math.ceil(seconds / bucket) <= points)
  return fits ?? Math.ceil(seconds / points / DAY) * DAY
}

export interface WindowRequest extends Span {
  maxPoints: number
}

/** Open times of the market's first and newest bar. */
export interface Extent {
  first: number
  last: number
}

/**
 * Returns the span to fetch for `visible`: the same length again on both sides for panning, and on the left the warm-up of an
 * average of 26 buckets. Its ends are whole buckets within the market's bars.
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

/** The loaded span, and the bucket length that the server chose. */
export interface Loaded extends Span {
  bucket: number
}

/** Returns whether the view is so close to an edge of the loaded span, or so far from its resolution, that it has to be fetched. */
export function needsFetch(visible: Span, width: number, loaded: Loaded, extent: Extent): boolean {
  const length = Math.max(60, visible.to - visible.from)
  const ideal = bucketFor(length, screenPoints(width))
  if (ideal * 2 <= loaded.bucket || ideal >= loaded.bucket * 2) return true
  const near = length / 4
  const left = visible.from - near < loaded.from && loaded.from > bucketOf(extent.first, loaded.bucket)
  const right = visible.to + near > loaded.to && loaded.to <= bucketOf(extent.last, loaded.bucket)
  return left || right
}
