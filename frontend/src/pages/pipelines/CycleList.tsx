import type { CycleFactsFragment } from '../../api/generated/graphql'
import { StateBadge } from '../../components/StateBadge'
import { formatDateTime, formatDuration } from '../../lib/format'
import styles from './CycleList.module.css'
import { purposeOf } from './purpose'

interface Props {
  cycles: readonly CycleFactsFragment[]
  chosen: number | undefined
  onChoose: (cycle: number) => void
}

/** Cycles of a page, newest first. */
export function CycleList({ cycles, chosen, onChoose }: Props) {
  return (
    <ol className={styles.list}>
      {cycles.map((cycle) => (
        <li key={cycle.number}>
          <button
            type="button"
            className={styles.cycle}
            aria-pressed={cycle.number === chosen}
            onClick={() => onChoose(cycle.number)}
          >
            <span className={styles.head}>
              <strong>Cycle {cycle.number}</strong>
              <StateBadge state={cycle.state} />
            </span>
            <span className={styles.facts}>
              {purposeOf(cycle)}, {formatDateTime(cycle.requestedAt)}
              {cycle.wall.ended && `, ${lasted(cycle.wall.requested, cycle.wall.ended)}`}
            </span>
            {cycle.note && <span className={styles.note}>{cycle.note}</span>}
          </button>
        </li>
      ))}
    </ol>
  )
}

const lasted = (from: string, to: string): string => formatDuration(Math.max(0, (Date.parse(to) - Date.parse(from)) / 1000))
