import type { EstimateFactsFragment } from '../../api/generated/graphql'
import { Panel } from '../../components/Panel'
import table from '../../components/table.module.css'
import { TableScroll } from '../../components/TableScroll'
import { formatCount, formatNumber, formatPercent, formatSigned } from '../../lib/format'
import styles from './ComparePage.module.css'
import { type Comparison, points, sideNames } from './verdict'

type Side = Comparison['first']

interface Row {
  name: string
  title?: string
  of: (side: Side) => string
  /** Baselines of the side, each with its name. */
  baselines: (side: Side) => readonly [string, string][]
  difference?: EstimateFactsFragment | undefined
  format: (value: number) => string
}

/** Scores side by side, each beside its baselines, and their difference with its interval. */
export function ScoreTable({ comparison }: { comparison: Comparison }) {
  const { first, other, scores, profit } = comparison
  const names = sideNames(comparison)
  const percent = (value: number) => formatPercent(value, 1)
  const signed = (value: number) => formatSigned(value, 2)
  const number = (value: number) => formatNumber(value, 4)
  const withInterval = (e: EstimateFactsFragment, format: (value: number) => string) => `${format(e.value)} (${format(e.low)} to ${format(e.high)})`
  const rows: Row[] = [
    {
      name: 'Accuracy',
      of: (side) => withInterval(side.accuracy, percent),
      baselines: ({ baselines }) => [
        ['most frequent outcome', percent(baselines.majorityAccuracy)],
        ['previous bar’s sign', percent(baselines.previousSignAccuracy)],
      ],
      difference: scores?.accuracy,
      format: points,
    },
    {
      name: 'Macro-F1',
      of: (side) => formatNumber(side.scores.macroF1),
      baselines: ({ baselines }) => [
        ['most frequent outcome', formatNumber(baselines.majorityMacroF1)],
        ['previous bar’s sign', formatNumber(baselines.previousSignMacroF1)],
      ],
      format: number,
    },
    {
      name: 'Log loss',
      title: 'Lower is better',
      of: (side) => number(side.scores.logLoss),
      baselines: ({ baselines }) => [['constant guess', number(baselines.constantLogLoss)]],
      difference: scores?.logLoss,
      format: number,
    },
    {
      name: 'Brier score',
      title: 'Lower is better',
      of: (side) => number(side.scores.brier),
      baselines: ({ baselines }) => [['constant guess', number(baselines.constantBrier)]],
      difference: scores?.brier,
      format: number,
    },
    {
      name: 'Calibration error',
      title: 'Expected calibration error over 15 bins; lower is better',
      of: (side) => number(side.scores.calibrationError),
      baselines: () => [['perfect', number(0)]],
      format: number,
    },
    {
      name: 'Profit after fees',
      of: (side) => withInterval(side.profitAfterFees, signed),
      baselines: ({ baselines }) => [
        ['buy and hold', signed(baselines.buyAndHoldProfit)],
        ['previous bar’s sign', signed(baselines.previousSignProfit)],
      ],
      difference: profit,
      format: points,
    },
  ]
  return (
    <Panel title="Scores" note="baselines on the same bars, in small type" flush>
      <TableScroll label="Scores side by side">
        <table className={table.table}>
          <thead>
            <tr>
              <th scope="col">Score</th>
              <th scope="col">{names[0]}</th>
              <th scope="col">{names[1]}</th>
              <th scope="col">Difference (95 % interval)</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.name}>
                <th scope="row" title={row.title}>
                  {row.name}
                </th>
                {[first, other].map((side, i) => (
                  <td key={i} className={styles.score}>
                    {row.of(side)}
                    {row.baselines(side).map(([name, value]) => (
                      <span key={name}>
                        {name} {value}
                      </span>
                    ))}
                  </td>
                ))}
                <td>
                  {row.difference ? (
                    <span className={row.difference.beyondChance ? styles.beyond : table.muted}>{withInterval(row.difference, row.format)}</span>
                  ) : (
                    <span className={table.muted}>–</span>
                  )}
                </td>
              </tr>
            ))}
            <tr>
              <th scope="row">Trades</th>
              {[first, other].map((side, i) => (
                <td key={i} className={styles.score}>
                  {formatCount(side.trades)}
                  <span>before fees {signed(side.profitBeforeFees)}</span>
                </td>
              ))}
              <td className={table.muted}>–</td>
            </tr>
          </tbody>
        </table>
      </TableScroll>
    </Panel>
  )
}
