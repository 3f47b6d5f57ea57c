import type { Slot } from '../../api/generated/graphql'
import { Segmented } from '../../components/Segmented'
import { Toggle } from '../../components/Toggle'
import { SLOT_NAMES, SLOT_TAGS } from '../../lib/family'
import { type Period, PERIODS } from '../../lib/period'
import type { Averages } from './chart/listener'
import type { NewsShown } from './chart/NewsOverlay'
import styles from './ChartToolbar.module.css'

interface Props {
  period: Period
  onPeriod: (period: Period) => void
  nameOf: (period: Period) => string
  averages: Averages
  onAverages: (averages: Averages) => void
  slots: readonly Slot[]
  onSlots: (slots: readonly Slot[]) => void
  /** Slots that hold a version. */
  live: readonly Slot[]
  news: NewsShown
  onNews: (news: NewsShown) => void
  /** Whether a version that reads articles is live. */
  reads: boolean
}

const ORDER: readonly Slot[] = ['BASELINE', 'PREVIOUS', 'CURRENT']

export function ChartToolbar({ period, onPeriod, nameOf, averages, onAverages, slots, onSlots, live, news, onNews, reads }: Props) {
  return (
    <div className={styles.toolbar}>
      <div className={styles.group} role="group" aria-label="Signals shown">
        {ORDER.map((slot) => (
          <Toggle
            key={slot}
            pressed={slots.includes(slot) && live.includes(slot)}
            disabled={!live.includes(slot)}
            title={live.includes(slot) ? `Signals of the ${SLOT_NAMES[slot].toLowerCase()} version` : `No ${SLOT_NAMES[slot].toLowerCase()} version yet`}
            onChange={(shown) => onSlots(shown ? [...slots, slot] : slots.filter((other) => other !== slot))}
          >
            {SLOT_TAGS[slot]}
          </Toggle>
        ))}
      </div>
      <div className={styles.group} role="group" aria-label="Averages shown">
        <Toggle mark="--ema-fast" pressed={averages.fast} onChange={(fast) => onAverages({ ...averages, fast })}>
          EMA 12
        </Toggle>
        <Toggle mark="--ema-slow" pressed={averages.slow} onChange={(slow) => onAverages({ ...averages, slow })}>
          EMA 26
        </Toggle>
      </div>
      <div className={styles.group} role="group" aria-label="News shown">
        <Toggle
          mark="--accent"
          pressed={news.articles}
          title="Articles, marked where they were first seen"
          onChange={(articles) => onNews({ ...news, articles })}
        >
          News
        </Toggle>
        <Toggle
          pressed={news.sentiment && reads}
          disabled={!reads}
          title={reads ? 'Sentiment of the news according to each live version that reads it' : 'No version that reads articles is live yet'}
          onChange={(sentiment) => onNews({ ...news, sentiment })}
        >
          Sentiment
        </Toggle>
      </div>
      <Segmented
        label="Period"
        options={PERIODS}
        value={period}
        onChange={onPeriod}
        titleOf={nameOf}
      />
    </div>
  )
}
