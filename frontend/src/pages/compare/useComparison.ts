import { CompareDocument, CoverageDocument, DisagreementsDocument, RollingDocument } from '../../api/generated/graphql'
import { TRANSIENT } from '../../api/passTransient'
import { useFresh } from '../../api/useFresh'
import { toIso } from '../../lib/period'
import { type Choice, inputOf } from './address'

export const FEE = 0.001
export const PAGE = 50
const DAY = 86_400

interface Asked {
  choice: Choice
  days: number
  after: string | null
  skip: boolean
}

/** The answers about a choice: comparison, differing bars, rolling scores of both versions, and coverage of the first. */
export function useComparison({ choice, days, after, skip }: Asked) {
  const of = inputOf(choice, FEE)
  const twice = choice.otherFrom !== undefined
  const start = twice ? Math.min(choice.from, choice.otherFrom!) : choice.from
  const end = twice ? Math.max(choice.to, choice.otherFrom! + choice.to - choice.from) : choice.to
  const period = { from: toIso(start), to: toIso(end), days, feeRate: FEE }
  const context = { skip, context: TRANSIENT }
  const comparison = useFresh(CompareDocument, { of }, context)
  const disagreements = useFresh(DisagreementsDocument, { of, first: PAGE, after }, { ...context, skip: skip || twice })
  const first = useFresh(RollingDocument, { version: choice.version, ...period }, context)
  const other = useFresh(RollingDocument, { version: choice.other, ...period }, { ...context, skip: skip || twice })
  const coverage = useFresh(
    CoverageDocument,
    {
      version: choice.version,
      from: toIso(choice.from),
      testFrom: toIso(middle(choice)),
      to: toIso(choice.to),
      kind: choice.kind,
      feeRate: FEE,
    },
    context,
  )
  return { comparison, disagreements, rolling: twice ? [first] : [first, other], coverage }
}

/** Returns the start of the later days: half of the period, at the beginning of a day if it is longer than two. */
export function middle({ from, to }: Pick<Choice, 'from' | 'to'>): number {
  const half = from + Math.floor((to - from) / 120) * 60
  return to - from > 2 * DAY ? Math.floor(half / DAY) * DAY : half
}
