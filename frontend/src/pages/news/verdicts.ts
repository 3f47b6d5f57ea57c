import type { ReactionFactsFragment, ScoreFactsFragment, Slot } from '../../api/generated/graphql'
import { slotRank } from '../../lib/family'
import { versionParts } from '../../lib/format'
import { toSeconds } from '../../lib/period'
import type { Article } from './articles'

/** Returns the time at which the reaction to an article is measured, in epoch seconds. */
export const reactionDue = (publishedAt: string, reactionMinutes: number): number => toSeconds(publishedAt) + reactionMinutes * 60

/** A live version's score of an article, and whether it matched the reaction; absent until that is measured. */
export interface Verdict {
  score: ScoreFactsFragment
  slot: Slot | undefined
  right: boolean | undefined
}

/** Scores of an article for one symbol, with the reaction of the symbol's market. */
export interface Judged {
  symbol: string
  verdicts: readonly Verdict[]
  reaction: ReactionFactsFragment | undefined
}

/** Current slot of a version, for the symbols whose models are loaded. */
export interface Slots {
  symbol: string
  byVersion: ReadonlyMap<string, Slot>
}

/** Groups the live versions' scores by symbol, current first. `slots` supplies the slots, which streamed scores lack. */
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

/** Returns whether an article was first seen notably later than it was published. */
export function seenLate(article: Article): number | undefined {
  const seconds = (Date.parse(article.firstSeenAt) - Date.parse(article.publishedAt)) / 1000
  return Math.abs(seconds) >= 600 ? seconds : undefined
}
