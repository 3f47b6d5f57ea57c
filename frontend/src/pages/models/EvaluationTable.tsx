import type { VersionFactsFragment } from '../../api/generated/graphql'
import table from '../../components/table.module.css'
import { TableScroll } from '../../components/TableScroll'
import { formatNumber, formatPercent, formatSigned } from '../../lib/format'
import styles from './EvaluationTable.module.css'

const NAMES: Record<string, string> = {
  'majority-class': 'Majority class',
  'previous-sign': 'Previous sign',
  'buy-and-hold': 'Buy and hold',
}

/** Evaluation of a version in the first row, with naive baselines below. */
export function EvaluationTable({ evaluation }: { evaluation: VersionFactsFragment['evaluation'] }) {
  return (
    <>
      <TableScroll label="Evaluation beside baselines">
        <table className={table.table}>
          <thead>
            <tr>
              <th scope="col">Predictor</th>
              <th scope="col" className={table.number}>
                Accuracy
              </th>
              <th scope="col" className={table.number}>
                Macro F1
              </th>
              <th scope="col" className={table.number}>
                Profit after fees
              </th>
            </tr>
          </thead>
          <tbody>
            <tr className={styles.model}>
              <th scope="row">This version</th>
              <td className={table.number}>{formatPercent(evaluation.accuracy, 2)}</td>
              <td className={table.number}>{formatNumber(evaluation.macroF1)}</td>
              <td className={table.number}>{formatSigned(evaluation.profitAfterFees)}</td>
            </tr>
            {evaluation.baselines.map((baseline) => (
              <tr key={baseline.name} className={table.muted}>
                <th scope="row">{NAMES[baseline.name] ?? baseline.name}</th>
                <td className={table.number}>{formatPercent(baseline.accuracy, 2)}</td>
                <td className={table.number}>{formatNumber(baseline.macroF1)}</td>
                <td className={table.number}>{formatSigned(baseline.profitAfterFees)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableScroll>
      <dl className={styles.figures}>
        <Figure name="MCC" title="Matthews correlation coefficient, −1 to 1" value={formatNumber(evaluation.mcc)} />
        <Figure name="Log loss" value={formatNumber(evaluation.logLoss)} />
        <Figure
          name="Calibration error"
          title="Expected calibration error over 15 bins"
          value={formatNumber(evaluation.calibrationError)}
        />
        <Figure name="Before fees" value={formatSigned(evaluation.profitBeforeFees)} />
        <Figure name="Trades" value={evaluation.trades.toLocaleString('en-US')} />
        <Figure name="Fee a trade" value={formatPercent(evaluation.feeRate, 2)} />
      </dl>
    </>
  )
}

function Figure({ name, value, title }: { name: string; value: string; title?: string }) {
  return (
    <div title={title}>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  )
}
