import { useState } from 'react'
import { useMutation } from 'urql'
import { useSearchParams } from 'wouter'
import {
  AuditedDaysDocument,
  AuditsDocument,
  CancelAuditDocument,
  type MarketFactsFragment,
  ReplayableVersionsDocument,
} from '../../api/generated/graphql'
import { useFresh } from '../../api/useFresh'
import { Button } from '../../components/Button'
import { ConfirmDialog } from '../../components/ConfirmDialog'
import { Panel } from '../../components/Panel'
import { Problem } from '../../components/Problem'
import { Skeleton } from '../../components/Skeleton'
import { Waiting } from '../../components/Waiting'
import { Page } from '../../layout/Page'
import { setParam } from '../../lib/params'
import { useModelChanges } from '../../live/useModelChanges'
import { AuditList } from './AuditList'
import { AuditPanel } from './AuditPanel'
import styles from './ReplayPage.module.css'
import { StartReplay } from './StartReplay'

const PAGE = 50

/** The page of a market's replays: start one, watch it, and look at what does not come out the same. */
export default function ReplayPage({ market }: { market: MarketFactsFragment }) {
  const { symbol } = market
  const [search, setSearch] = useSearchParams()
  const changes = useModelChanges()
  const after = search.get('after')
  const [result, retry] = useFresh(
    AuditsDocument,
    { symbol, first: PAGE, after },
    {
      when: changes,
      every: ({ data }) => (data?.audits.edges.some(({ node }) => node.state === 'RUNNING') ? 2_000 : 30_000),
    },
  )
  const [versions, retryVersions] = useFresh(ReplayableVersionsDocument, { symbol }, { when: changes, every: 60_000 })
  const audits = result.data?.audits.edges.map(({ node }) => node) ?? []
  const chosen = search.get('audit') ?? audits[0]?.id
  const listed = audits.find(({ id }) => id === chosen)
  const [details, retryDetails] = useFresh(
    AuditedDaysDocument,
    { id: chosen ?? '' },
    // Only its own progress: a fetch for each change of the market would supersede the one before.
    {
      skip: chosen === undefined,
      when: `${listed?.state} ${listed?.daysDone}`,
      every: ({ data }) => (data?.audit?.state === 'RUNNING' ? 2_000 : undefined),
    },
  )
  const audit = details.data?.audit
  const choose = (values: Record<string, string | undefined>) =>
    setSearch((before) => {
      for (const [name, value] of Object.entries(values)) setParam(before, name, value)
      return before
    })

  return (
    <Page title={`Replays of ${symbol}`}>
      {result.error && <Problem error={result.error} retry={retry} shown={result.answeredAt} />}
      {versions.error && !result.error && <Problem error={versions.error} retry={retryVersions} shown={versions.answeredAt} />}
      <StartReplay
        models={versions.data?.models}
        now={market.lastOpenTime ?? undefined}
        onStarted={(id) => {
          choose({ audit: id, difference: undefined, after: undefined })
          retry()
        }}
      />
      <div className={styles.columns}>
        <Panel title="Replays" note="newest first" flush>
          {!result.data && !result.error && <Skeleton lines={8} />}
          {result.data && audits.length === 0 && (
            <Waiting title="No replay yet" busy={false}>
              A day of each live version is replayed once it is over. You can start one at any time.
            </Waiting>
          )}
          <AuditList audits={audits} chosen={chosen} onChoose={(id) => choose({ audit: id, difference: undefined })} />
          {(after !== null || result.data?.audits.pageInfo.hasNextPage) && (
            <div className={styles.paging}>
              <Button disabled={after === null} onClick={() => choose({ after: undefined, audit: undefined })}>
                Newest
              </Button>
              <Button
                disabled={!result.data?.audits.pageInfo.hasNextPage}
                onClick={() => choose({ after: result.data?.audits.pageInfo.endCursor ?? undefined, audit: undefined })}
              >
                Older
              </Button>
            </div>
          )}
        </Panel>
        <div className={styles.audit}>
          {details.error && <Problem error={details.error} retry={retryDetails} shown={details.answeredAt} />}
          {audit && (
            <AuditPanel
              audit={audit}
              difference={search.get('difference') ?? undefined}
              onDifference={(key) => choose({ difference: key })}
              actions={audit.state === 'RUNNING' && <CancelAudit id={audit.id} onCancelled={retryDetails} />}
            />
          )}
        </div>
      </div>
    </Page>
  )
}

/** Cancels a running audit for a reason. */
function CancelAudit({ id, onCancelled }: { id: string; onCancelled: () => void }) {
  const [, cancel] = useMutation(CancelAuditDocument)
  const [asking, setAsking] = useState(false)
  return (
    <>
      <Button onClick={() => setAsking(true)}>Cancel</Button>
      {asking && (
        <ConfirmDialog
          title="Cancel this replay?"
          action="Cancel the replay"
          reason="Why is it cancelled?"
          onClose={() => setAsking(false)}
          onConfirm={async (reason) => {
            const { error } = await cancel({ id, reason })
            if (!error) onCancelled()
            return error
          }}
        >
          <p>The days compared so far stay.</p>
        </ConfirmDialog>
      )}
    </>
  )
}
