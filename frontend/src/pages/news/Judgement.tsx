import type { ScoreFactsFragment } from '../../api/generated/graphql'
import { SignalTag } from '../../components/SignalTag'
import { SLOT_NAMES, SLOT_TAGS } from '../../lib/family'
import { formatDateTime, formatDuration, formatPercent, formatSigned, versionParts } from '../../lib/format'
import styles from './Judgement.module.css'
import { type Judged, reactionDue } from './verdicts'

interface Props {
  judged: Judged
  publishedAt: string
  /** Window of the reaction in minutes, used until it is measured. */
  reactionMinutes: number
  /** Whether the reaction is not yet measured. */
  awaited: boolean
  /** Whether more than one symbol is shown. */
  named: boolean
}

/** Shows the market's reaction and below it each live version's score. */
export function Judgement({ judged: { symbol, verdicts, reaction }, publishedAt, reactionMinutes, awaited, named }: Props) {
  return (
    <ul className={styles.judged} aria-label={`Predictions and reaction of ${symbol}`}>
      {named && <li className={styles.symbol}>{symbol}</li>}
      <li
        className={`${styles.row} ${styles.market}`}
        data-testid="reaction"
        title={`Mean price of the ${formatDuration((reaction?.windowMinutes ?? reactionMinutes) * 60)} after publication against the last close before it`}
      >
        <span>Market</span>
        {reaction ? (
          <>
            <SignalTag signal={reaction.signal} />
            <span className={styles.share}>{formatSigned(reaction.percent / 100)}</span>
          </>
        ) : (
          <span className={styles.wide}>{awaited ? `known at ${formatDateTime(reactionDue(publishedAt, reactionMinutes))}` : 'not measured'}</span>
        )}
      </li>
      {verdicts.map(({ score, slot, right }) => (
        <li key={score.version} className={styles.row} data-testid={`score-${slot}`} title={titleOf(score)}>
          <span>
            {slot && <abbr title={`${SLOT_NAMES[slot]} slot, version ${versionParts(score.version).number}`}>{SLOT_TAGS[slot]}</abbr>}
          </span>
          <SignalTag signal={score.signal} />
          <span className={styles.share}>{formatPercent(probabilityOf(score), 0)}</span>
          <Parts score={score} />
          {right !== undefined && <span className={right ? styles.good : styles.bad}>{right ? '✓ right' : '✗ wrong'}</span>}
        </li>
      ))}
      {verdicts.length === 0 && (
        <li className={styles.row}>
          <span>Models</span>
          <span className={styles.wide}>no live version has read it</span>
        </li>
      )}
    </ul>
  )
}

function Parts({ score: { sell, hold, buy } }: { score: ScoreFactsFragment }) {
  return (
    <span
      className={styles.parts}
      role="img"
      aria-label={`Probabilities: sell ${formatPercent(sell)}, hold ${formatPercent(hold)}, buy ${formatPercent(buy)}`}
    >
      <span className={styles.sell} style={{ flexGrow: sell }} />
      <span className={styles.hold} style={{ flexGrow: hold }} />
      <span className={styles.buy} style={{ flexGrow: buy }} />
    </span>
  )
}

const probabilityOf = ({ signal, sell, hold, buy }: ScoreFactsFragment): number => ({ SELL: sell, HOLD: hold, BUY: buy })[signal]

const titleOf = ({ version, sell, hold, buy, scoredAt }: ScoreFactsFragment): string =>
  `${version}: sell ${formatPercent(sell)}, hold ${formatPercent(hold)}, buy ${formatPercent(buy)}, recorded ${formatDateTime(scoredAt)} UTC`
