import type { BarOpinionsQuery, Signal } from '../../../api/generated/graphql'
import { familyOf } from '../../../lib/family'
import { versionParts } from '../../../lib/format'

/** A version's signal at a bar. */
export interface Opinion {
  version: string
  signal: Signal
  /** Probability of the signal, 0 to 1. */
  confidence: number
  /** Whether it was right; absent until the outcome is known. */
  right: boolean | undefined
  /** The reason why it does not count as live, if any. */
  note: 'in sample' | 'late' | 'reconciled' | ''
}

type Prediction = BarOpinionsQuery['predictions']['edges'][number]['node']

/** Returns the opinions by family, the newest version first. */
export function opinions(predictions: readonly Prediction[]): Opinion[] {
  return predictions
    .map((p) => ({
      version: p.version,
      signal: p.signal,
      confidence: { SELL: p.sell, HOLD: p.hold, BUY: p.buy }[p.signal],
      right: p.outcome ? p.outcome === p.signal : undefined,
      note: noteOf(p),
    }))
    .sort(
      (a, b) =>
        familyOf(a.version).localeCompare(familyOf(b.version)) ||
        Number(versionParts(b.version).number) - Number(versionParts(a.version).number),
    )
}

function noteOf({ inSample, origin }: Prediction): Opinion['note'] {
  if (inSample) return 'in sample'
  return origin === 'LATE' ? 'late' : origin === 'RECONCILED' ? 'reconciled' : ''
}
