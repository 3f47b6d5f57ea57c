import { useEffect, useRef } from 'react'
import { useSearchParams } from 'wouter'
import { CompareChoicesDocument, type CompareChoicesQuery, type MarketFactsFragment } from '../../api/generated/graphql'
import { useFresh } from '../../api/useFresh'
import { Button } from '../../components/Button'
import { Panel } from '../../components/Panel'
import { Problem } from '../../components/Problem'
import { Skeleton } from '../../components/Skeleton'
import { Waiting } from '../../components/Waiting'
import { Page } from '../../layout/Page'
import { slotRank } from '../../lib/family'
import { setParam } from '../../lib/params'
import { toSeconds } from '../../lib/period'
import { useLive } from '../../live/LiveProvider'
import { type Choice, choiceOf, writeChoice } from './address'
import { AgreementPanel } from './AgreementPanel'
import { CompareForm } from './CompareForm'
import styles from './ComparePage.module.css'
import { CoveragePanel } from './CoveragePanel'
import { DisagreementTable } from './DisagreementTable'
import { RollingPanel, WINDOWS } from './RollingPanel'
import { ScoreTable } from './ScoreTable'
import { useComparison } from './useComparison'
import { sideNames } from './verdict'
import { VerdictPanel } from './VerdictPanel'

const DAY = 86_400

/** The page that compares two versions, or one version at two times. The address holds everything that is chosen. */
export default function ComparePage({ market }: { market: MarketFactsFragment }) {
  const { symbol } = market
  const opened = useLive((state) => state.candle?.candle.openTime) ?? market.lastOpenTime
  const newest = opened ? toSeconds(opened) : undefined
  const [search, setSearch] = useSearchParams()
  const [models, retryModels] = useFresh(CompareChoicesDocument, { symbol }, { when: useLive((state) => state.modelChanges) })
  // The default stays when the market moves on, so that nothing changes under the reader.
  const fallback = useRef<Choice>(undefined)
  if (models.data && newest !== undefined) fallback.current ??= defaultChoice(comparable(models.data.models), newest)
  const choice = fallback.current && choiceOf(search, fallback.current)
  const window = WINDOWS.find((one) => one === search.get('window')) ?? WINDOWS[0]
  const after = search.get('after')
  const set = (name: string, value: string | undefined) =>
    setSearch(
      (before) => {
        setParam(before, name, value)
        return before
      },
      { replace: true },
    )
  const show = (next: Choice) => setSearch((before) => writeChoice(before, next), { replace: true })
  // From then on the address contains the choice, so that it can be shared and reloaded.
  const named = search.has('version') && search.has('from')
  useEffect(() => {
    if (choice && !named) show(choice)
  })
  const reversed = choice !== undefined && choice.from >= choice.to
  const { comparison, disagreements, rolling, coverage } = useComparison({
    choice: choice ?? NOTHING,
    days: window === '7 days' ? 7 : 1,
    after,
    skip: choice === undefined || reversed,
  })
  const [compared, retry] = comparison
  const [differing, retryDiffering] = disagreements
  const [covered, retryCoverage] = coverage
  const result = compared.data?.comparison
  const differ = differing.data?.disagreements
  const rollingFailed = rolling.find(([one]) => one.error)

  return (
    <Page title={`Compare versions of ${symbol}`}>
      {models.error && <Problem error={models.error} retry={retryModels} shown={models.answeredAt} />}
      {models.data && !choice && (
        <Panel title="Versions">
          <Waiting title="There is no version yet" busy={false}>
            Versions are registered by training cycles.
          </Waiting>
        </Panel>
      )}
      {choice && (
        <CompareForm
          choice={choice}
          onChoose={show}
          models={comparable(models.data?.models ?? [])}
          newest={newest}
        />
      )}
      {reversed && (
        <p className={styles.bad} role="alert">
          The period must begin before it ends.
        </p>
      )}
      {compared.error && <Problem error={compared.error} retry={retry} shown={compared.answeredAt} />}
      {!result && !compared.error && !reversed && (
        <Panel title="Result">
          <Skeleton lines={8} />
        </Panel>
      )}
      {result && (
        <>
          <VerdictPanel comparison={result} />
          <ScoreTable comparison={result} />
          {result.agreement && <AgreementPanel names={sideNames(result)} agreement={result.agreement} />}
        </>
      )}
      {rollingFailed?.[0].error && <Problem error={rollingFailed[0].error} retry={rollingFailed[1]} />}
      <RollingPanel
        scores={rolling.flatMap(([one]) => (one.data ? [one.data.rollingScores] : []))}
        window={window}
        measure={search.get('score') ?? undefined}
        onWindow={(next) => set('window', next === WINDOWS[0] ? undefined : next)}
        onMeasure={(next) => set('score', next)}
      />
      {covered.error && !compared.error && <Problem error={covered.error} retry={retryCoverage} shown={covered.answeredAt} />}
      {covered.data && (
        <CoveragePanel curve={covered.data.coverage} measure={search.get('by') ?? undefined} onMeasure={(next) => set('by', next)} />
      )}
      {result?.agreement && (
        <Panel
          title="Bars with different signals"
          note="oldest first"
          actions={
            <>
              <Button disabled={after === null} onClick={() => set('after', undefined)}>
                First page
              </Button>
              <Button
                disabled={!differ?.pageInfo.hasNextPage || differing.fetching}
                onClick={() => set('after', differ?.pageInfo.endCursor ?? undefined)}
              >
                Next
              </Button>
            </>
          }
          flush
        >
          {differing.error && <Problem error={differing.error} retry={retryDiffering} shown={differing.answeredAt} />}
          {differ && differ.edges.length === 0 && (
            <p className={`${styles.small} ${styles.pad}`}>The two gave the same signal on all bars.</p>
          )}
          {differ && differ.edges.length > 0 && (
            <DisagreementTable symbol={symbol} names={sideNames(result)} bars={differ.edges.map(({ node }) => node)} />
          )}
        </Panel>
      )}
    </Page>
  )
}

const NOTHING: Choice = { version: '', other: '', from: 0, to: 60, otherFrom: undefined, kind: 'LIVE', otherKind: 'LIVE' }

/** Returns the models that predict bars: TRL reads articles. */
const comparable = (models: CompareChoicesQuery['models']) =>
  models.filter(({ family, versions }) => family !== 'TRL' && versions.length > 0)

/** Returns the two first live versions of a model that has two, else any two versions, over the last week. */
function defaultChoice(models: CompareChoicesQuery['models'], newest: number): Choice | undefined {
  const byRank = models.map(({ versions }) => [...versions].sort((a, b) => slotRank(a.slot) - slotRank(b.slot)))
  const pair = byRank.find((versions) => versions.length > 1) ?? byRank.flat()
  const [first, other = first] = pair
  if (!first || !other) return undefined
  return { ...NOTHING, version: first.id, other: other.id, from: newest + 60 - 7 * DAY, to: newest + 60 }
}
