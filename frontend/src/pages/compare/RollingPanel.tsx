import type { PredictionKind, RollingQuery } from '../../api/generated/graphql'
import { Panel } from '../../components/Panel'
import { Segmented } from '../../components/Segmented'
import { formatDate, formatNumber, formatPercent, formatSigned, versionParts } from '../../lib/format'
import { familyName, familyOf } from '../../lib/family'
import { KIND_NAMES } from './address'
import styles from './ComparePage.module.css'
import { LinePlot } from './LinePlot'
import type { Line } from './lines'

type Scores = RollingQuery['rollingScores']
type Window = Scores['series'][number]['windows'][number]

export const WINDOWS = ['1 day', '7 days'] as const
const MEASURES = ['accuracy', 'macro-F1', 'log loss', 'calibration', 'profit'] as const
type Measure = (typeof MEASURES)[number]

const DAY = 86_400

const VALUE: Record<Measure, (window: Window) => number> = {
  accuracy: ({ scores }) => scores.accuracy,
  'macro-F1': ({ scores }) => scores.macroF1,
  'log loss': ({ scores }) => scores.logLoss,
  calibration: ({ scores }) => scores.calibrationError,
  profit: ({ profitAfterFees }) => profitAfterFees,
}

const BASELINE: Partial<Record<Measure, { name: string; of: (window: Window) => number }>> = {
  accuracy: { name: 'most frequent outcome', of: ({ majorityAccuracy }) => majorityAccuracy },
  'log loss': { name: 'constant guess', of: ({ constantLogLoss }) => constantLogLoss },
  profit: { name: 'price', of: ({ buyAndHoldProfit }) => buyAndHoldProfit },
}

const FORMAT: Record<Measure, (value: number) => string> = {
  accuracy: (value) => formatPercent(value),
  'macro-F1': (value) => formatNumber(value),
  'log loss': (value) => formatNumber(value, 4),
  calibration: (value) => formatNumber(value, 4),
  profit: (value) => formatSigned(value),
}

interface Props {
  scores: readonly Scores[]
  window: (typeof WINDOWS)[number]
  measure: string | undefined
  onWindow: (window: (typeof WINDOWS)[number]) => void
  onMeasure: (measure: Measure) => void
}

/** Scores of the versions over windows; kinds of predictions are lines of their own. */
export function RollingPanel({ scores, window, measure: wanted, onWindow, onMeasure }: Props) {
  const measure = MEASURES.find((one) => one === wanted) ?? 'accuracy'
  const lines = rollingLines(scores, measure)
  return (
    <Panel
      title="Rolling scores"
      note={`windows of ${window} that end with each UTC day`}
      actions={
        <div className={styles.actions}>
          <Segmented label="Window" options={WINDOWS} value={window} onChange={onWindow} />
          <Segmented label="Score" options={MEASURES} value={measure} onChange={onMeasure} />
        </div>
      }
    >
      {lines.length === 0 ? (
        <p className={styles.small}>No prediction of this period has an outcome.</p>
      ) : (
        <LinePlot
          label={`Rolling ${measure}`}
          lines={lines}
          formatX={(x) => formatDate(x)}
          formatY={FORMAT[measure]}
          gap={1.5 * DAY}
        />
      )}
    </Panel>
  )
}

/** Returns a line for each version and kind, and a dashed one for each version's baseline. */
export function rollingLines(scores: readonly Scores[], measure: Measure): Line[] {
  const lines: Line[] = []
  const order: readonly PredictionKind[] = ['LIVE', 'RECONCILED', 'IN_SAMPLE']
  for (const { version, series } of scores) {
    const name = `${familyName(familyOf(version))} ${versionParts(version).number}`
    for (const { kind, windows } of [...series].sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind))) {
      const colour = lines.filter((line) => !line.baseline).length
      const points = (of: (window: Window) => number) =>
        windows.map((window) => ({ x: Date.parse(window.lastDay) / 1000, y: of(window) }))
      lines.push({ name: `${name}, ${KIND_NAMES[kind]}`, points: points(VALUE[measure]), colour })
      const baseline = BASELINE[measure]
      if (baseline) lines.push({ name: `${baseline.name} (${name}, ${KIND_NAMES[kind]})`, points: points(baseline.of), colour, baseline: true })
    }
  }
  return lines
}
