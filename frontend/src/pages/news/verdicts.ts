import type { ReactionFactsFragment, ScoreFactsFragment, Slot } from '../../api/generated/graphql'
import { slotRank } from '../../lib/family'
import { versionParts } from '../../lib/format'
import { toSeconds } from '../../lib/period'
import type { Article } from './articles'

/** When the reaction to an article is known, in epoch seconds. */
export const reactionDue = (publishedAt: string, reactionMinutes: number): number => toSeconds(publishedAt) + reactionMinutes * 60

/** What a live version made of an article, and whether the market agreed; absent until it has answered. */
export interface Verdict {
  score: ScoreFactsFragment
  slot: Slot | undefined
  right: boolean | undefined
}

/** What was said of an article and one symbol, beside what the symbol's market did. */
export interface Judged {
  symbol: string
  verdicts: readonly Verdict[]
  reaction: ReactionFactsFragment | undefined
}

/** Which slot a version holds now, of the symbols whose models are known here. */
export interface Slots {
  symbol: string
  byVersion: ReadonlyMap<string, Slot>
}

/** By symbol, the live versions' scores, current first. A score of the stream has no slot: `slots` tells. */
export function judge(article: Article, symbols: readonly string[], slots: Slots | undefined): Judged[] {
  return symbols.map((symbol) => {
    const reaction = article.reactions.find((r) => r.symbol === symbol)
    const verdicts = article.scores
      .filter(({ version }) => versionParts(version).symbol === symbol)
      .map((score) => ({
        score,
        slot: slots?.symbol === symbol ? slots.byVersion.get(score.version) : (score.slot ?? undefined),
        right: reaction && reaction.signal === score.signal,
      }))
      .filter(({ slot }) => slot !== undefined)
      .sort((a, b) => slotRank(a.slot) - slotRank(b.slot))
    return { symbol, verdicts, reaction }
  })
}

/** Whether an article was seen here so long after its publication that a reader should know. */
export function seenLate(article: Article): number | undefined {
  const seconds = (Date.parse(article.firstSeenAt) - Date.parse(article.publishedAt)) / 1000
  return Math.abs(seconds) >= 600 ? seconds : undefined
}
