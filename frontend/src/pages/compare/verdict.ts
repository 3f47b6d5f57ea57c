import type { CompareQuery, EstimateFactsFragment } from '../../api/generated/graphql'
import { familyName, familyOf } from '../../lib/family'
import { formatDate, formatNumber, formatPercent, formatSigned, versionParts } from '../../lib/format'

export type Comparison = CompareQuery['comparison']
type Side = Comparison['first']

/** Names the two sides: two versions by family and number, one version by the starts of its periods. */
export function sideNames({ first, other }: { first: Side; other: Side }): [string, string] {
  if (first.version === other.version && first.from !== other.from) return [`from ${formatDate(first.from)}`, `from ${formatDate(other.from)}`]
  const name = (side: Side) => `${familyName(familyOf(side.version))} ${versionParts(side.version).number}`
  return [name(first), name(other)]
}

/** Formats a p-value: never as 0, which it cannot be. */
export const formatP = (p: number): string => (p < 0.001 ? 'p < 0.001' : `p = ${p.toFixed(p < 0.1 ? 3 : 2)}`)

export interface Finding {
  about: string
  text: string
  /** Whether the difference is more than chance. */
  beyond: boolean
}

/** States each result in words: which side is better and by how much, or that there is no difference beyond chance. */
export function findings(comparison: Comparison): Finding[] {
  const [first, other] = sideNames(comparison)
  const found: Finding[] = []
  const { scores, profit } = comparison
  if (scores) {
    found.push(
      finding('Being right', scores.accuracy, scores.tests && { name: 'McNemar', p: scores.tests.mcNemar }, (by) =>
        by > 0 ? `${first} is right more often` : `${other} is right more often`,
        points,
      ),
      finding('Log loss', scores.logLoss, scores.tests && { name: 'Diebold–Mariano', p: scores.tests.dieboldMariano }, (by) =>
        by < 0 ? `${first} has the lower log loss` : `${other} has the lower log loss`,
        (value) => formatNumber(value, 4),
      ),
    )
  }
  found.push(
    finding('Profit after fees', profit, undefined, (by) => (by > 0 ? `${first} earned more` : `${other} earned more`), points),
  )
  return found
}

function finding(
  about: string,
  difference: EstimateFactsFragment,
  test: { name: string; p: number } | null | undefined,
  better: (by: number) => string,
  format: (value: number) => string,
): Finding {
  const interval = `difference ${format(difference.value)}, 95 % interval ${format(difference.low)} to ${format(difference.high)}`
  const p = test ? `, ${test.name} ${formatP(test.p)}` : ''
  // Both must agree: the interval allows for dependence between bars, McNemar's test does not.
  const beyond = difference.beyondChance && (!test || test.p < 0.05)
  return { about, beyond, text: `${beyond ? better(difference.value) : 'no difference beyond chance'} (${interval}${p})` }
}

/** Formats a difference of two percentages. */
export const points = (fraction: number): string => formatSigned(fraction, 2).replace(' %', ' pp')

/** States how a side did against its baselines. */
export function againstBaselines(name: string, side: Side): string {
  const { baselines, scores, accuracy, profitAfterFees } = side
  const right = accuracy.low > baselines.majorityAccuracy ? 'above' : accuracy.high < baselines.majorityAccuracy ? 'below' : 'within the interval of'
  const loss = scores.logLoss < baselines.constantLogLoss ? 'below' : 'above'
  return (
    `${name} was right in ${formatPercent(accuracy.value)} of ${scores.rows.toLocaleString('en-US')} bars, ${right} always predicting the most ` +
    `frequent outcome (${formatPercent(baselines.majorityAccuracy)}); its log loss is ${loss} that of a constant guess; it earned ` +
    `${formatSigned(profitAfterFees.value)} after fees where holding earned ${formatSigned(baselines.buyAndHoldProfit)}.`
  )
}
