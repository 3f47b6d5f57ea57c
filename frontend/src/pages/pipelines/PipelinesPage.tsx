import { useSearchParams } from 'wouter'
import {
  CycleRunsDocument,
  CycleVersionsDocument,
  type MarketFactsFragment,
  TrainingCyclesDocument,
} from '../../api/generated/graphql'
import { useFresh } from '../../api/useFresh'
import { Button } from '../../components/Button'
import { Notice } from '../../components/Notice'
import { Panel } from '../../components/Panel'
import { Problem } from '../../components/Problem'
import { Skeleton } from '../../components/Skeleton'
import { Waiting } from '../../components/Waiting'
import { Page } from '../../layout/Page'
import { useModelChanges } from '../../live/useModelChanges'
import { type Choice, choiceOf, writeChoice } from './address'
import { CancelCycle } from './CancelCycle'
import { CycleList } from './CycleList'
import { CyclePanel } from './CyclePanel'
import styles from './PipelinesPage.module.css'
import { RentalBudget } from './RentalBudget'
import { RepeatRun } from './RepeatRun'
import { RunDetails, runName } from './RunDetails'
import { StartCycle } from './StartCycle'

const PAGE = 20

/** The page of a market's training cycles: their steps, timeline, dataset and runs. */
export default function PipelinesPage({ market }: { market: MarketFactsFragment }) {
  const { symbol } = market
  const [search, setSearch] = useSearchParams()
  const choice = choiceOf(search)
  const choose = (next: Partial<Choice>) =>
    setSearch((before) => writeChoice(before, { ...choiceOf(before), ...next }), { replace: true })

  const changes = useModelChanges()
  const start = choice.after[choice.after.length - 1] ?? null
  const [result, retry] = useFresh(
    TrainingCyclesDocument,
    { symbol, first: PAGE, after: start },
    {
      when: changes,
      every: ({ data }) => (data?.trainingCycles.edges.some(({ node }) => node.state === 'RUNNING') ? 5_000 : 30_000),
    },
  )
  const [versions, retryVersions] = useFresh(CycleVersionsDocument, { symbol }, { when: changes, every: 30_000 })
  const page = result.data?.trainingCycles
  const edges = page?.edges ?? []
  const index = choice.cycle === undefined ? 0 : edges.findIndex(({ node }) => node.number === choice.cycle)
  const cycle = edges[index]?.node
  const run = cycle?.runs.find(({ id }) => id === choice.run) ?? firstOf(cycle?.runs)
  const [bulk, retryBulk] = useFresh(
    CycleRunsDocument,
    { symbol, after: index > 0 ? edges[index - 1]!.cursor : start },
    { skip: !cycle, when: changes, every: cycle?.state === 'RUNNING' ? 3_000 : undefined },
  )
  const details = bulk.data?.trainingCycles.edges[0]?.node
  const running = edges.find(({ node }) => node.state === 'RUNNING')?.node.number
  const all = versions.data?.models.flatMap((model) => model.versions) ?? []
  const started = (number: number) => {
    choose({ after: [], cycle: number, run: undefined })
    retry()
  }
  const startCycle = (label: string) => (
    <StartCycle
      symbol={symbol}
      running={running}
      models={versions.data?.models}
      label={label}
      onStarted={started}
    />
  )

  return (
    <Page title={`Pipelines of ${symbol}`} actions={startCycle('Train now')}>
      {result.error && <Problem error={result.error} retry={retry} shown={result.answeredAt} />}
      {versions.error && !result.error && <Problem error={versions.error} retry={retryVersions} shown={versions.answeredAt} />}
      {!page && !result.error && (
        <Panel title="Cycles">
          <Skeleton lines={8} />
        </Panel>
      )}
      {page && edges.length === 0 && choice.after.length === 0 && (
        <Panel title="Cycles">
          <Waiting title="No training cycle yet" busy={false}>
            The first is requested when the market goes live, the next ones on a schedule. You can start one at any time.
          </Waiting>
        </Panel>
      )}
      {page && (edges.length > 0 || choice.after.length > 0) && (
        <div className={styles.columns}>
          <div className={styles.cycle}>
          <Panel title="Cycles" note="newest first" flush>
            <CycleList
              cycles={edges.map(({ node }) => node)}
              chosen={cycle?.number}
              onChoose={(number) => choose({ cycle: number, run: undefined })}
            />
            <div className={styles.paging}>
              <Button
                disabled={choice.after.length === 0}
                onClick={() => choose({ after: choice.after.slice(0, -1), cycle: undefined, run: undefined })}
              >
                Newer
              </Button>
              <Button
                disabled={!page.pageInfo.hasNextPage || result.fetching}
                onClick={() => {
                  if (page.pageInfo.endCursor) choose({ after: [...choice.after, page.pageInfo.endCursor], cycle: undefined, run: undefined })
                }}
              >
                Older
              </Button>
            </div>
          </Panel>
          <RentalBudget />
          </div>
          <div className={styles.cycle}>
            {!cycle && (
              <Notice tone="warn" title={choice.cycle ? `Cycle ${choice.cycle} is not among these` : 'There is no cycle here'}>
                Choose one from the list, or look at newer or older ones.
              </Notice>
            )}
            {cycle && (
              <CyclePanel
                cycle={cycle}
                versions={all}
                cost={details?.number === cycle.number ? (details.rentalCost ?? undefined) : undefined}
                run={run?.id}
                onRun={(id) => choose({ cycle: cycle.number, run: id })}
                actions={
                  cycle.state === 'RUNNING' ? (
                    <CancelCycle
                      symbol={symbol}
                      cycle={cycle.number}
                      registered={cycle.runs.filter(({ version }) => version).length}
                      onCancelled={retry}
                    />
                  ) : (
                    startCycle('Start again')
                  )
                }
              />
            )}
            {bulk.error && <Problem error={bulk.error} retry={retryBulk} shown={bulk.answeredAt} />}
            {run && (
              <RunDetails
                run={run}
                bulk={details?.number === cycle?.number ? details?.runs.find(({ id }) => id === run.id) : undefined}
                measure={choice.metric}
                onMeasure={(metric) => choose({ metric })}
                repeat={
                  run.state === 'SUCCEEDED' &&
                  !cycle?.repeats && (
                    <RepeatRun key={run.id} run={run.id} name={`${runName(run)} of cycle ${cycle?.number}`} running={running} onStarted={started} />
                  )
                }
              />
            )}
          </div>
        </div>
      )}
    </Page>
  )
}

/** Returns the run to show first: a running one, else a failed one, else the first. */
function firstOf<R extends { state: string }>(runs: readonly R[] | undefined): R | undefined {
  return runs?.find(({ state }) => state === 'RUNNING') ?? runs?.find(({ state }) => state === 'FAILED') ?? runs?.[0]
}
