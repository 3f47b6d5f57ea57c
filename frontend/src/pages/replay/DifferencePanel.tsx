import type { AuditDifferenceFactsFragment } from '../../api/generated/graphql'
import { Button } from '../../components/Button'
import { Panel } from '../../components/Panel'
import { TableScroll } from '../../components/TableScroll'
import table from '../../components/table.module.css'
import { formatDateTime, sentence } from '../../lib/format'

const CLASSES = ['sell', 'hold', 'buy'] as const

/** One difference: recorded beside recomputed, and the features of its bar. */
export function DifferencePanel({ difference, onClose }: { difference: AuditDifferenceFactsFragment; onClose: () => void }) {
  const { recorded, recomputed, features } = difference
  return (
    <Panel
      title={`${formatDateTime(difference.about)} UTC`}
      note={difference.article ? `text ${difference.reading} of ${difference.article}` : 'the bar that opens then'}
      actions={<Button onClick={onClose}>Close</Button>}
    >
      {difference.note && <p>{sentence(difference.note)}</p>}
      <TableScroll label="Probabilities">
        <table className={table.table}>
          <thead>
            <tr>
              <th>Probability</th>
              <th className={table.number}>Recorded{difference.origin && `, ${difference.origin.toLowerCase()}`}</th>
              <th className={table.number}>Comes out now</th>
            </tr>
          </thead>
          <tbody>
            {CLASSES.map((name) => (
              <tr key={name}>
                <th scope="row">{name.toUpperCase()}</th>
                <td className={table.number}>{recorded ? recorded[name] : '–'}</td>
                <td className={table.number}>{recomputed ? recomputed[name] : '–'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableScroll>
      {features.length > 0 && (
        <TableScroll label="Features">
          <table className={table.table}>
            <thead>
              <tr>
                <th>Feature</th>
                <th className={table.number} title="Computed from this machine's day files, copies of the log made when a day was first read">
                  Then, by day files
                </th>
                <th className={table.number}>Now, by the log</th>
              </tr>
            </thead>
            <tbody>
              {features.map((feature) => (
                <tr key={feature.name} className={feature.then !== null && feature.then !== feature.now ? table.bad : undefined}>
                  <th scope="row">{feature.name}</th>
                  <td className={table.number}>{feature.then ?? '–'}</td>
                  <td className={table.number}>{feature.now ?? '–'}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </TableScroll>
      )}
    </Panel>
  )
}
