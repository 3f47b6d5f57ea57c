import { useEffect, useRef } from 'react'
import { useSearchParams } from 'wouter'
import { type MarketFactsFragment, PredictionPageDocument, VersionChoicesDocument } from '../../api/generated/graphql'
import { useFresh } from '../../api/useFresh'
import { Button } from '../../components/Button'
import { Problem } from '../../components/Problem'
import { Panel } from '../../components/Panel'
import { Skeleton } from '../../components/Skeleton'
import { Waiting } from '../../components/Waiting'
import { Page } from '../../layout/Page'
import { toIso, toSeconds } from '../../lib/period'
import { useLive } from '../../live/LiveProvider'
import { choiceOf, writeChoice } from './address'
import { cursorOf, FIRST, turnBack, turnOn } from './paging'
import { type Choice, PredictionFilter } from './PredictionFilter'
import styles from './PredictionsPage.module.css'
import { PredictionTable } from './PredictionTable'
import { EXACT } from '../../travel/TimeTravel'

const PAGE = 100

/** The page of recorded predictions with their outcomes. */
export default function PredictionsPage({ market }: { market: MarketFactsFragment }) {
  const { symbol } = market
  const newest = useLive((state) => state.candle?.candle.openTime) ?? market.lastOpenTime
  const [search, setSearch] = useSearchParams()
  const first = useRef<Choice>(undefined)
  if (newest) first.current ??= lastHours(toSeconds(newest), 6)
  const { choice, pages } = choiceOf(search, first.current ?? lastHours(0, 6))
  const [versions] = useFresh(VersionChoicesDocument, { symbol }, { when: useLive((state) => state.modelChanges) })

  const show = (next: Choice, at = FIRST) => setSearch((before) => writeChoice(before, next, at), { replace: true, state: EXACT })
  // From then on the address contains the selection, so that it can be shared and reloaded.
  const named = search.has('from') && search.has('to')
  useEffect(() => {
    if (newest && !named) show(choice)
  })
  const reversed = choice.from >= choice.to
  const [result, retry] = useFresh(
    PredictionPageDocument,
    {
      symbol,
      version: choice.version ?? null,
      from: toIso(choice.from),
      to: toIso(choice.to),
      asOf: choice.asOf === undefined ? null : toIso(choice.asOf),
      first: PAGE,
      after: cursorOf(pages),
    },
    { skip: reversed },
  )
  const page = result.data?.predictions
  const from = (pages.length - 1) * PAGE

  return (
    <Page title={`Predictions of ${symbol}`}>
      <PredictionFilter
        choice={choice}
        onChoose={show}
        versions={versions.data?.models.flatMap((model) => model.versions) ?? []}
        newest={newest ? toSeconds(newest) : undefined}
      />
      {reversed && (
        <p className={styles.bad} role="alert">
          The period must begin before it ends.
        </p>
      )}
      {result.error && <Problem error={result.error} retry={retry} shown={result.answeredAt} />}
      <Panel
        title="Recorded predictions"
        note={
          choice.asOf === undefined ? 'oldest first' : 'oldest first, only what had been recorded by then'
        }
        actions={
          <>
            <span className={styles.place} data-testid="page">
              {page && page.edges.length > 0 && `${from + 1}–${from + page.edges.length}`}
            </span>
            <Button disabled={pages.length === 1 || result.fetching} onClick={() => show(choice, turnBack(pages))}>
              Back
            </Button>
            <Button
              disabled={!page?.pageInfo.hasNextPage || result.fetching}
              onClick={() => show(choice, turnOn(pages, page?.pageInfo.endCursor))}
            >
              Next
            </Button>
          </>
        }
        flush
      >
        {!page && !result.error && !reversed && (
          <div className={styles.pad}>
            <Skeleton lines={8} />
          </div>
        )}
        {page && page.edges.length === 0 && (
          <Waiting title="Nothing was recorded" busy={false}>
            {choice.asOf === undefined
              ? 'No version predicted in this period.'
              : 'Nothing about this period had been recorded by that time.'}
          </Waiting>
        )}
        {page && page.edges.length > 0 && (
          <PredictionTable predictions={page.edges.map((edge) => edge.node)} pale={result.stale || result.fetching} />
        )}
      </Panel>
    </Page>
  )
}

const lastHours = (newest: number, hours: number): Choice => ({
  version: undefined,
  from: newest + 60 - hours * 3_600,
  to: newest + 60,
  asOf: undefined,
})
