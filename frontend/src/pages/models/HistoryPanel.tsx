import { useState } from 'react'
import { ModelHistoryDocument, type ModelEventKind, type ModelFamily } from '../../api/generated/graphql'
import { useFresh } from '../../api/useFresh'
import { Badge, type Tone } from '../../components/Badge'
import { Button } from '../../components/Button'
import { Panel } from '../../components/Panel'
import { Problem } from '../../components/Problem'
import { Segmented } from '../../components/Segmented'
import { Skeleton } from '../../components/Skeleton'
import { FAMILY_NAMES } from '../../lib/family'
import { formatDateTime, sentence, versionParts } from '../../lib/format'
import styles from './HistoryPanel.module.css'

const PAGE = 15

const KINDS: Record<ModelEventKind, { name: string; tone: Tone }> = {
  REGISTERED: { name: 'Registered', tone: 'plain' },
  PROMOTION_BEGUN: { name: 'Promotion begun', tone: 'accent' },
  PROMOTION_DECLINED: { name: 'Declined', tone: 'warn' },
  PROMOTION_ABANDONED: { name: 'Promotion abandoned', tone: 'bad' },
  PROMOTED: { name: 'Promoted', tone: 'good' },
  ROLLED_BACK: { name: 'Rolled back', tone: 'warn' },
  PINNED: { name: 'Pinned', tone: 'accent' },
  UNPINNED: { name: 'Unpinned', tone: 'plain' },
  ARCHIVED: { name: 'Archived', tone: 'plain' },
  PURGED: { name: 'Purged', tone: 'plain' },
}

interface Props {
  symbol: string
  family: ModelFamily
  /** Id of the version on display. */
  version: string
  /** Changes whenever the history may have grown. */
  changes: number
  onChoose: (version: string) => void
}

/** The history of a model, or of one of its versions: what happened, when, who decided it and why. */
export function HistoryPanel({ symbol, family, version, changes, onChoose }: Props) {
  const { number } = versionParts(version)
  const [scope, setScope] = useState<'model' | 'version'>('model')
  const topic = scope === 'version' ? version : family
  /** Cursors after which the pages visited so far begin, without the first page. */
  const [visited, setVisited] = useState<{ topic: string; pages: readonly string[] }>({ topic, pages: [] })
  const pages = visited.topic === topic ? visited.pages : []
  const setPages = (next: readonly string[]) => setVisited({ topic, pages: next })
  const [result, retry] = useFresh(
    ModelHistoryDocument,
    { symbol, family, version: scope === 'version' ? version : null, first: PAGE, after: pages[pages.length - 1] ?? null },
    { when: changes, every: 30_000 },
  )
  const history = result.data?.modelHistory
  const older = history?.pageInfo.hasNextPage ? history.pageInfo.endCursor : undefined
  return (
    <Panel
      title="History"
      note={`${FAMILY_NAMES[family]}, market time`}
      actions={
        <Segmented
          label="Entries"
          options={['model', 'version'] as const}
          value={scope}
          nameOf={(option) => (option === 'model' ? 'All versions' : `Version ${number}`)}
          onChange={setScope}
        />
      }
    >
      {result.error && <Problem error={result.error} retry={retry} shown={result.answeredAt} />}
      {!history && !result.error && <Skeleton lines={5} />}
      {history?.edges.length === 0 && <p className={styles.none}>There is no entry.</p>}
      <ol className={styles.list} aria-label="Entries of the history">
        {history?.edges.map(({ cursor, node }) => (
          <li key={cursor} className={styles.entry}>
            <time dateTime={node.at} title={`Recorded ${formatDateTime(node.recordedAt)} UTC wall time`}>
              {formatDateTime(node.at)}
            </time>
            <span className={styles.what}>
              <button type="button" className={styles.version} aria-label={`Show version ${versionParts(node.version).number}`} onClick={() => onChoose(node.version)}>
                {versionParts(node.version).number}
              </button>
              <Badge tone={KINDS[node.kind].tone}>{KINDS[node.kind].name}</Badge>
            </span>
            <span className={styles.why}>
              {node.by ? (
                <>
                  <strong>{node.by}</strong>
                  {node.reason && `: ${node.reason}`}
                </>
              ) : (
                (node.reason && sentence(node.reason)) ?? <span className={styles.none}>automatic</span>
              )}
            </span>
          </li>
        ))}
      </ol>
      {(pages.length > 0 || older) && (
        <div className={styles.paging}>
          <Button disabled={pages.length === 0} onClick={() => setPages(pages.slice(0, -1))}>
            Newer
          </Button>
          <Button disabled={!older || result.fetching} onClick={() => older && setPages([...pages, older])}>
            Older
          </Button>
        </div>
      )}
    </Panel>
  )
}
