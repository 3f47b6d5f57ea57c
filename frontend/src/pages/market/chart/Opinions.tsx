import { useEffect, useState } from 'react'
import { BarOpinionsDocument } from '../../../api/generated/graphql'
import { TRANSIENT } from '../../../api/passTransient'
import { useFresh } from '../../../api/useFresh'
import { SignalTag } from '../../../components/SignalTag'
import table from '../../../components/table.module.css'
import { familyName, familyOf } from '../../../lib/family'
import { formatPercent, formatTime, versionParts } from '../../../lib/format'
import { toIso } from '../../../lib/period'
import styles from './Opinions.module.css'
import { opinions } from './opinions'

interface Props {
  symbol: string
  /** Start of the bar under the crosshair, in epoch seconds. */
  time: number | undefined
  /** Length of the chart's bars in seconds. */
  bucket: number | undefined
}

/** Milliseconds for which the crosshair rests on a bar before its predictions are fetched. */
const REST = 150

/** Every version's signal at the bar under the crosshair, and whether it was right; of a longer bar, at its last minute. */
export function Opinions({ symbol, time, bucket = 60 }: Props) {
  const minute = time === undefined ? undefined : time + bucket - 60
  const rested = useRested(minute)
  const shown = minute === rested ? rested : undefined
  const [result] = useFresh(
    BarOpinionsDocument,
    { symbol, from: toIso(shown ?? 0), to: toIso((shown ?? 0) + 60) },
    { skip: shown === undefined, context: TRANSIENT },
  )
  const found = shown === undefined ? [] : opinions(result.data?.predictions.edges.map(({ node }) => node) ?? [])
  if (shown === undefined || found.length === 0) return null
  return (
    <div className={styles.card} role="tooltip" data-testid="opinions">
      <strong>{formatTime(shown)}: each version</strong>
      <ul>
        {found.map(({ version, signal, confidence, right, note }) => (
          <li key={version}>
            <span>
              {familyName(familyOf(version))} {versionParts(version).number}
            </span>
            <SignalTag signal={signal} />
            <span>{formatPercent(confidence, 0)}</span>
            <span className={right === undefined ? table.muted : right ? table.good : table.bad}>
              {right === undefined ? 'not yet' : right ? '✓ right' : '✗ wrong'}
            </span>
            <span className={table.muted}>{note}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}

/** Returns a value once it has not changed for a moment. */
function useRested(value: number | undefined): number | undefined {
  const [rested, setRested] = useState<number>()
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), REST)
    return () => clearTimeout(timer)
  }, [value])
  return rested
}
