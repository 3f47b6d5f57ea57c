import type { PromotionPoliciesQuery, VersionFactsFragment } from '../../api/generated/graphql'
import { formatCount, formatDate, formatNumber, versionParts } from '../../lib/format'

export type Policy = NonNullable<PromotionPoliciesQuery['models'][number]['promotionPolicy']>

/** One test of the promotion gate. */
export interface GateTest {
  name: string
  measured: string
  /** How the figure was measured. */
  detail?: string
  /** The limit in force now; absent without one. */
  limit?: string
  /** Whether the measured figure is within the limit; absent if it is not tested. */
  passed?: boolean
}

/** Returns the measurements of a version beside the limits of the policy in force now, if it is at hand. */
export function gateOf({ evaluation }: Pick<VersionFactsFragment, 'evaluation'>, policy: Policy | undefined): GateTest[] {
  const { degenerate, logLoss, constantLogLoss, comparison } = evaluation
  const gated = policy?.mode === 'GATED'
  const signals: GateTest = {
    name: 'Predicts more than one signal',
    measured: degenerate ? `${degenerate} for at least 99 % of the held-out rows` : 'yes',
    ...(gated ? { limit: 'below 99 % for one signal', passed: !degenerate } : {}),
  }
  const ceiling = constantLogLoss + (policy?.constantMargin ?? 0)
  const guess: GateTest = {
    name: 'Log loss against a constant guess',
    measured: `${formatNumber(logLoss, 4)} against ${formatNumber(constantLogLoss, 4)}`,
    detail: 'on the held-out rows; the guess is each signal with its frequency in training',
    ...(gated ? { limit: `at most ${formatNumber(ceiling, 4)}`, passed: logLoss <= ceiling } : {}),
  }
  if (!comparison) {
    return [signals, guess, { name: 'Log loss against the current version', measured: 'not compared', detail: 'there was none, or it shared no held-out rows' }]
  }
  const { champion, rows, meanDifference, lowerBound, pValue, from, to } = comparison
  const rival: GateTest = {
    name: `Log loss against version ${versionParts(champion).number}, current then`,
    measured: `${signed(meanDifference)}, at least ${signed(lowerBound)} at 95 % confidence`,
    detail: `paired on ${formatCount(rows)} rows held out from both, ${formatDate(from)} to ${formatDate(to)}, p = ${formatNumber(pValue, 3)}`,
    ...(gated ? { limit: `lower bound at most ${signed(policy.championMargin)}`, passed: lowerBound <= policy.championMargin } : {}),
  }
  return [signals, guess, rival]
}

const signed = (nats: number): string => (nats > 0 ? '+' : '') + formatNumber(nats, 4)
