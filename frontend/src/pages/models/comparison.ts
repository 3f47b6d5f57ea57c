import type { VersionFactsFragment } from '../../api/generated/graphql'
import { stateName } from '../../components/StateBadge'
import { formatBytes, formatCount, formatDateTime, formatNumber, formatPercent, formatSigned } from '../../lib/format'

export interface Line {
  name: string
  left: string
  right: string
  differs: boolean
  /** The side with the better figure; absent for facts that are neither better nor worse. */
  better?: 'left' | 'right'
}

export interface Group {
  title: string
  lines: readonly Line[]
}

const NONE = '–'

/** Sets two versions side by side: metrics, dataset, parameters and libraries. */
export function compareVersions(left: VersionFactsFragment, right: VersionFactsFragment): Group[] {
  const fact = (name: string, of: (v: VersionFactsFragment) => string): Line => {
    const line = { name, left: of(left), right: of(right) }
    return { ...line, differs: line.left !== line.right }
  }
  const figure = (name: string, of: (v: VersionFactsFragment) => number | undefined, write: (value: number | undefined) => string, sign: 1 | -1 | 0): Line => {
    const [a, b] = [of(left), of(right)]
    const line: Line = { name, left: write(a), right: write(b), differs: a !== b }
    if (!line.differs || sign === 0 || a === undefined || b === undefined) return line
    return { ...line, better: sign * a > sign * b ? 'left' : 'right' }
  }
  const settings = (of: (v: VersionFactsFragment) => readonly { name: string; value: string }[]): Line[] => {
    const names = [...new Set([...of(left), ...of(right)].map(({ name }) => name))]
    return names.map((name) => fact(name, (v) => of(v).find((setting) => setting.name === name)?.value ?? NONE))
  }
  return [
    {
      title: 'Metrics',
      lines: [
        figure('Held-out rows', (v) => v.evaluation.rows, count, 0),
        figure('Accuracy', (v) => v.evaluation.accuracy, (x) => formatPercent(x, 2), 1),
        figure('Majority class', majority, (x) => formatPercent(x, 2), 0),
        figure('Macro F1', (v) => v.evaluation.macroF1, formatNumber, 1),
        figure('MCC', (v) => v.evaluation.mcc, formatNumber, 1),
        figure('Log loss', (v) => v.evaluation.logLoss, (x) => formatNumber(x, 4), -1),
        figure('Loss of a constant guess', (v) => v.evaluation.constantLogLoss, (x) => formatNumber(x, 4), 0),
        figure('Calibration error', (v) => v.evaluation.calibrationError, formatNumber, -1),
        figure('Profit before fees', (v) => v.evaluation.profitBeforeFees, formatSigned, 1),
        figure('Profit after fees', (v) => v.evaluation.profitAfterFees, formatSigned, 1),
        figure('Trades', (v) => v.evaluation.trades, count, 0),
      ],
    },
    {
      title: 'Dataset',
      lines: [
        fact('Digest', (v) => v.provenance.datasetDigest),
        fact('Log position', (v) => v.provenance.datasetPosition),
        fact('First bar', (v) => formatDateTime(v.provenance.dataFrom)),
        fact('In sample up to', (v) => formatDateTime(v.provenance.inSampleTo)),
        figure('Rows trained on', (v) => v.provenance.trainRows, count, 0),
        figure('Rows validated on', (v) => v.provenance.validationRows, count, 0),
        fact('Feature set', (v) => v.featureSet),
        fact('Feature set hash', (v) => v.featureSetHash),
        fact('Label', (v) => `${v.label.horizonBars} bars, ${v.label.thresholdPercent} %`),
      ],
    },
    { title: 'Parameters', lines: [fact('Seed', (v) => String(v.provenance.seed)), ...settings((v) => v.provenance.parameters)] },
    {
      title: 'Version',
      lines: [
        fact('State', (v) => stateName(v.state)),
        fact('Trained', (v) => formatDateTime(v.trainedAt)),
        fact('Artifact', (v) => v.artifactDigest),
        fact('Size', (v) => formatBytes(v.artifactBytes)),
        fact('Scorer', (v) => v.scorer),
        fact('Platform', (v) => v.provenance.platform),
        ...settings((v) => v.provenance.libraries),
      ],
    },
  ]
}

const majority = (v: VersionFactsFragment): number | undefined => v.evaluation.baselines.find((b) => b.name === 'majority-class')?.accuracy
const count = (value: number | undefined): string => (value === undefined ? NONE : formatCount(value))
