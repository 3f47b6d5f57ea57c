import { SLOT_NAMES, SLOT_TAGS } from '../../lib/family'
import { formatCount, formatDateTime, formatDuration, formatPercent, formatSigned, versionParts } from '../../lib/format'
import type { Span } from '../../lib/period'
import styles from './PerformanceTable.module.css'
import { spanOf, type VersionPerformance } from './spans'

interface Props {
  versions: readonly VersionPerformance[]
  /** The same versions, each over its own span within the period. */
  judged: readonly VersionPerformance[]
  buyAndHold: number | null | undefined
  /** Span of `buyAndHold`. */
  span: Span
}

/** A table with a column for each live version; each baseline stands directly below the figure that it is compared to. */
export function PerformanceTable({ versions, judged, buyAndHold, span }: Props) {
  const ownSpan = ({ version }: VersionPerformance) => spanOf(judged.find((other) => other.version === version)!)
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <td />
          {versions.map(({ version, slot }) => (
            <th key={version} scope="col" title={version}>
              {slot && (
                <abbr title={`${SLOT_NAMES[slot]} slot, version ${versionParts(version).number}`}>{SLOT_TAGS[slot]}</abbr>
              )}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        <Row label="Accuracy" versions={versions} strong write={(v) => formatPercent(v.accuracy)} />
        <Row
          label="Majority class"
          hint="Accuracy of always predicting the most frequent outcome"
          versions={versions}
          muted
          write={(v) => formatPercent(v.majorityAccuracy)}
        />
        <Row
          label="Edge"
          hint="Accuracy above the majority class, in percentage points"
          versions={versions}
          toneOf={edgeOf}
          write={(v) => points(edgeOf(v))}
        />
        <Row
          label="Profit before fees"
          versions={versions}
          toneOf={(v) => v.profitBeforeFees}
          write={(v) => formatSigned(v.profitBeforeFees)}
          ruled
        />
        <Row
          label="Profit after fees"
          versions={versions}
          strong
          toneOf={(v) => v.profitAfterFees}
          write={(v) => formatSigned(v.profitAfterFees)}
        />
        <tr>
          <th
            scope="row"
            title={`Bought at the first and sold at the last close from ${formatDateTime(span.from)} to ${formatDateTime(span.to)} UTC, after two fees`}
          >
            Buy and hold, {formatDuration(span.to - span.from)}
          </th>
          <td colSpan={versions.length} className={styles.muted}>
            {formatSigned(buyAndHold)}
          </td>
        </tr>
        <Row label="Trades" versions={versions} write={(v) => formatCount(v.trades)} ruled />
        <Row
          label="Predictions"
          hint="Recorded in the period"
          versions={versions}
          write={(v) => formatCount(v.predictions)}
        />
        <Row
          label="Judged over"
          hint="From the first to the last bar of the period that the version was evaluated on"
          versions={versions}
          muted
          titleOf={(v) => writeSpan(ownSpan(v))}
          write={(v) => {
            const own = ownSpan(v)
            return own ? formatDuration(own.to - own.from) : '–'
          }}
        />
        <Row label="With outcome" versions={versions} muted write={(v) => formatCount(v.resolved)} />
        {versions.some((v) => v.late > 0) && (
          <Row
            label="Late, left out"
            hint="Recorded after part of the outcome was known; they do not count"
            versions={versions}
            muted
            write={(v) => formatCount(v.late)}
          />
        )}
        {versions.some((v) => v.reconciled) && (
          <>
            <Row
              label="Reconciled accuracy"
              hint="Over the bars before the lane joined, computed from the log afterwards, out of sample; not live performance"
              versions={versions}
              titleOf={(v) => pastTitle(v.reconciled)}
              write={(v) => formatPercent(v.reconciled?.accuracy)}
              ruled
            />
            <Row
              label="Reconciled majority"
              hint="Accuracy of always predicting the most frequent outcome, over the same bars"
              versions={versions}
              muted
              write={(v) => formatPercent(v.reconciled?.majorityAccuracy)}
            />
          </>
        )}
        {versions.some((v) => v.inSample) && (
          <Row
            label="In-sample accuracy"
            hint="Over bars that the version has seen in training or validation; it says nothing about its worth"
            versions={versions}
            muted
            titleOf={(v) => pastTitle(v.inSample)}
            write={(v) => formatPercent(v.inSample?.accuracy)}
          />
        )}
      </tbody>
    </table>
  )
}

const pastTitle = (past: VersionPerformance['reconciled']): string | undefined =>
  past
    ? `${formatCount(past.resolved)} of ${formatCount(past.predictions)} predictions with an outcome, profit after fees ${formatSigned(past.profitAfterFees)}`
    : undefined

interface RowProps {
  label: string
  hint?: string
  versions: readonly VersionPerformance[]
  write: (version: VersionPerformance) => string
  titleOf?: (version: VersionPerformance) => string | undefined
  toneOf?: (version: VersionPerformance) => number | undefined
  strong?: boolean
  muted?: boolean
  ruled?: boolean
}

function Row({ label, hint, versions, write, titleOf, toneOf, strong, muted, ruled }: RowProps) {
  return (
    <tr className={ruled ? styles.ruled : undefined}>
      <th scope="row" title={hint}>
        {label}
      </th>
      {versions.map((version) => {
        const tone = toneOf?.(version)
        const colour = tone === undefined || tone === 0 ? '' : tone > 0 ? styles.good : styles.bad
        return (
          <td key={version.version} title={titleOf?.(version)} className={`${strong ? styles.strong : ''} ${muted ? styles.muted : ''} ${colour}`}>
            {write(version)}
          </td>
        )
      })}
    </tr>
  )
}

const edgeOf = (v: VersionPerformance): number | undefined =>
  v.accuracy == null || v.majorityAccuracy == null ? undefined : v.accuracy - v.majorityAccuracy

const writeSpan = (span: Span | undefined): string | undefined =>
  span && `${formatDateTime(span.from)} to ${formatDateTime(span.to)} UTC`

/** Formats percentage points with the digits of a signed percentage. */
const points = (edge: number | undefined): string => formatSigned(edge, 1).replace(' %', ' pp')
