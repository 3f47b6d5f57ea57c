import type { ComparisonInput, PredictionKind } from '../../api/generated/graphql'
import { setParam, timeParam } from '../../lib/params'
import { toIso } from '../../lib/period'

export const KINDS: readonly PredictionKind[] = ['LIVE', 'LANE', 'RECONCILED', 'IN_SAMPLE']
export const KIND_NAMES: Record<PredictionKind, string> = {
  LIVE: 'live',
  LANE: 'live and late',
  RECONCILED: 'reconciled',
  IN_SAMPLE: 'in sample',
}

/** Two versions in one period, or one version in two periods; times in epoch seconds, from inclusive, to exclusive. */
export interface Choice {
  version: string
  other: string
  from: number
  to: number
  /** Start of the other period; absent to compare two versions. */
  otherFrom: number | undefined
  kind: PredictionKind
  otherKind: PredictionKind
}

const kindOf = (text: string | null, otherwise: PredictionKind): PredictionKind =>
  KINDS.find((kind) => kind === text) ?? otherwise

/** Reads the choice from an address; `otherwise` supplies missing parts. */
export function choiceOf(params: URLSearchParams, otherwise: Choice): Choice {
  const kind = kindOf(params.get('kind'), otherwise.kind)
  return {
    version: params.get('version') ?? otherwise.version,
    other: params.get('other') ?? otherwise.other,
    from: timeParam(params, 'from') ?? otherwise.from,
    to: timeParam(params, 'to') ?? otherwise.to,
    otherFrom: timeParam(params, 'otherFrom'),
    kind,
    otherKind: kindOf(params.get('otherKind'), kind),
  }
}

/** Writes the choice to an address, and goes back to the first page of disagreements. */
export function writeChoice(params: URLSearchParams, choice: Choice): URLSearchParams {
  setParam(params, 'version', choice.version)
  setParam(params, 'other', choice.other)
  setParam(params, 'from', toIso(choice.from))
  setParam(params, 'to', toIso(choice.to))
  setParam(params, 'otherFrom', choice.otherFrom === undefined ? undefined : toIso(choice.otherFrom))
  setParam(params, 'kind', choice.kind === 'LIVE' ? undefined : choice.kind)
  setParam(params, 'otherKind', choice.otherKind === choice.kind ? undefined : choice.otherKind)
  params.delete('after')
  return params
}

export function inputOf(choice: Choice, feeRate: number): ComparisonInput {
  const two = choice.otherFrom === undefined
  return {
    version: choice.version,
    other: two ? choice.other : choice.version,
    from: toIso(choice.from),
    to: toIso(choice.to),
    otherFrom: choice.otherFrom === undefined ? null : toIso(choice.otherFrom),
    kind: choice.kind,
    otherKind: two ? choice.otherKind : choice.kind,
    feeRate,
  }
}
