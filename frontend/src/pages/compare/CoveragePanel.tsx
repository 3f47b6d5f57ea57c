import type { CoverageQuery } from '../../api/generated/graphql'
import { Panel } from '../../components/Panel'
import { Segmented } from '../../components/Segmented'
import { familyName, familyOf } from '../../lib/family'
import { formatCount, formatDateTime, formatPercent, formatSigned, versionParts } from '../../lib/format'
import styles from './ComparePage.module.css'
import { LinePlot } from './LinePlot'
import type { Line } from './lines'

type Curve = CoverageQuery['coverage']

const MEASURES = ['profit', 'accuracy'] as const

interface Props {
  curve: Curve
  measure: string | undefined
  onMeasure: (measure: (typeof MEASURES)[number]) => void
}

/** Accuracy or profit by the share of signals taken, with the confidence that the validation days chose. */
export function CoveragePanel({ curve, measure: wanted, onMeasure }: Props) {
  const measure = MEASURES.find((one) => one === wanted) ?? 'profit'
  const { validation, test, chosen } = curve
  const name = `${familyName(familyOf(curve.version))} ${versionParts(curve.version).number}`
  const value = (point: Curve['test'][number]) => (measure === 'profit' ? point.profitAfterFees.value : point.accuracy?.value)
  const baseline = (point: Curve['test'][number]) => (measure === 'profit' ? point.buyAndHoldProfit : (point.majorityAccuracy ?? undefined))
  const points = (list: Curve['test'], of: typeof value) => [...list].reverse().map((point) => ({ x: point.coverage, y: of(point) }))
  const baselineName = measure === 'profit' ? 'buy and hold' : 'most frequent outcome'
  const lines: Line[] = [
    { name: 'later days', points: points(test, value), colour: 0 },
    { name: `${baselineName}, later days`, points: points(test, baseline), colour: 0, baseline: true },
    { name: 'validation days', points: points(validation, value), colour: 1 },
    { name: `${baselineName}, validation days`, points: points(validation, baseline), colour: 1, baseline: true },
  ]
  const picked = test[chosen]
  const all = test[0]
  return (
    <Panel
      title={`Coverage of ${name}`}
      note={`confidence chosen before ${formatDateTime(curve.testFrom)}, shown after it`}
      actions={<Segmented label="Measure by coverage" options={MEASURES} value={measure} onChange={onMeasure} />}
    >
      <div className={styles.verdict}>
        {picked && all && (
          <p data-testid="coverage">
            On the validation days the profit was highest when only signals of a probability of {formatPercent(picked.confidence)} or more were
            taken. On the later days that took {formatCount(picked.taken)} signals ({formatPercent(picked.coverage)}) in{' '}
            {formatCount(picked.trades)} trades and earned {formatSigned(picked.profitAfterFees.value)} after fees (95 % interval{' '}
            {formatSigned(picked.profitAfterFees.low)} to {formatSigned(picked.profitAfterFees.high)}), all signals{' '}
            {formatSigned(all.profitAfterFees.value)}, holding {formatSigned(all.buyAndHoldProfit)}.
          </p>
        )}
        <LinePlot
          label={`${measure} by share of signals taken`}
          lines={lines}
          formatX={(x) => `${formatPercent(x, 0)} of signals`}
          formatY={(y) => (measure === 'profit' ? formatSigned(y, 1) : formatPercent(y))}
          mark={picked && { x: picked.coverage, name: 'chosen on the validation days' }}
        />
      </div>
    </Panel>
  )
}
