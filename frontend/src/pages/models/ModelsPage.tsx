import { useRef, useState } from 'react'
import { Link, useSearchParams } from 'wouter'
import { type MarketFactsFragment, ModelsDocument, PromotionPoliciesDocument, SlotsAsOfDocument } from '../../api/generated/graphql'
import { useFresh } from '../../api/useFresh'
import { Panel } from '../../components/Panel'
import { Problem } from '../../components/Problem'
import { Segmented } from '../../components/Segmented'
import { Skeleton } from '../../components/Skeleton'
import { Waiting } from '../../components/Waiting'
import { Page } from '../../layout/Page'
import { FAMILY_NAMES } from '../../lib/family'
import { setParam } from '../../lib/params'
import { toIso } from '../../lib/period'
import { useModelChanges } from '../../live/useModelChanges'
import { BackfillPanel } from './BackfillPanel'
import { CompareChoice } from './CompareChoice'
import { CompareVersions } from './CompareVersions'
import { DecisionButtons } from './DecisionButtons'
import { GatePanel } from './GatePanel'
import { HistoryPanel } from './HistoryPanel'
import { LaneBoard } from './LaneBoard'
import styles from './ModelsPage.module.css'
import { RequestBackfill } from './RequestBackfill'
import { SlotsAsOf } from './SlotsAsOf'
import { useLanes } from './useLanes'
import { VersionDetails } from './VersionDetails'
import { VersionPanel } from './VersionPanel'
import { VersionTable } from './VersionTable'
import { useMoment, useTurn } from '../../travel/TimeTravel'

/** The page of a market's models: lanes now and in the past, versions and their history, decisions, evaluation and provenance. */
export default function ModelsPage({ market }: { market: MarketFactsFragment }) {
  const { symbol } = market
  const changes = useModelChanges()
  const [models, retry] = useFresh(ModelsDocument, { symbol }, { when: changes, every: 30_000 })
  const [policies] = useFresh(PromotionPoliciesDocument, { symbol }, {})
  const { now, error, answeredAt, retry: retryLanes, predictionOf, accuracyOf } = useLanes(market, changes)
  const [decided, setDecided] = useState(0)
  /** Version shown without a choice: it stays when the slots change, so that nothing moves under the reader. */
  const [first, setFirst] = useState<string>()
  const [search, setSearch] = useSearchParams()
  const set = (name: 'version' | 'compare', value: string | undefined) =>
    setSearch(
      (before) => {
        setParam(before, name, value)
        return before
      },
      { replace: true },
    )
  const asOf = useMoment()
  const turn = useTurn()
  const [slots, retrySlots] = useFresh(SlotsAsOfDocument, { symbol, asOf: toIso(asOf ?? 0) }, { skip: asOf === undefined, when: changes })
  const periods = asOf === undefined ? undefined : slots.data?.slots

  const families = (models.data?.models ?? []).filter((model) => model.versions.length > 0)
  const versions = families.flatMap((model) => model.versions)
  const find = (id: string | null | undefined) => versions.find((v) => v.id === id)
  const version = find(search.get('version')) ?? find(first) ?? firstOf(versions)
  const other = find(search.get('compare'))
  if (first === undefined && version) setFirst(version.id)
  const shown = families.find((model) => model.versions.some((v) => v.id === version?.id))
  const shownVersion = useRef<HTMLDivElement>(null)
  const choose = (id: string) => {
    set('version', id)
    shownVersion.current?.scrollIntoView({ block: 'nearest' })
  }
  const onDecided = () => {
    retry()
    setDecided((before) => before + 1)
  }

  return (
    <Page title={`Models of ${symbol}`}>
      {models.error && <Problem error={models.error} retry={retry} shown={models.answeredAt} />}
      {error && !models.error && <Problem error={error} retry={retryLanes} shown={answeredAt} />}
      {asOf !== undefined && slots.error && <Problem error={slots.error} retry={retrySlots} shown={slots.answeredAt} />}
      {!models.data && !models.error && (
        <Panel title="Lanes">
          <Skeleton lines={6} />
        </Panel>
      )}
      {models.data && versions.length === 0 && (
        <Panel title="Lanes">
          <Waiting title="There is no version yet" busy={false}>
            Versions are registered by training cycles:{' '}
            <Link href={`/pipelines?symbol=${encodeURIComponent(symbol)}`}>see the Pipelines page</Link>
          </Waiting>
        </Panel>
      )}
      {families.length > 0 && (
        <LaneBoard
          models={families}
          past={asOf !== undefined}
          periods={periods}
          now={asOf ?? now}
          chosen={version?.id}
          predictionOf={predictionOf}
          accuracyOf={accuracyOf}
          onChoose={choose}
          actions={<SlotsAsOf value={asOf} onChange={turn} />}
        />
      )}
      {version && shown && (
        <>
          <div ref={shownVersion} className={styles.version}>
            <VersionPanel
              model={shown}
              version={version}
              actions={<DecisionButtons key={version.id} model={shown} version={version} onDecided={onDecided} />}
              comparison={<CompareChoice models={families} version={version.id} other={other?.id} onChoose={(id) => set('compare', id)} />}
            />
          </div>
          {other && other.id !== version.id && <CompareVersions left={version} right={other} />}
          <Panel
            title="Versions"
            note={<code>{shown.id}</code>}
            actions={
              <Segmented
                label="Model family"
                options={families.map((model) => model.family)}
                value={shown.family}
                nameOf={(family) => FAMILY_NAMES[family]}
                onChange={(family) => {
                  const first = firstOf(families.find((model) => model.family === family)?.versions ?? [])
                  if (first) choose(first.id)
                }}
              />
            }
            flush
          >
            <VersionTable key={shown.id} versions={shown.versions} chosen={version.id} onChoose={choose} />
          </Panel>
          <HistoryPanel key={shown.id} symbol={symbol} family={shown.family} version={version.id} changes={changes + decided} onChoose={choose} />
          <GatePanel version={version} policy={policies.data?.models.find(({ id }) => id === shown.id)?.promotionPolicy ?? undefined} />
          <VersionDetails version={version} family={shown.family} />
          <BackfillPanel
            version={version}
            actions={version.state === 'LIVE' && <RequestBackfill version={version.id} onRequested={retry} />}
          />
        </>
      )}
    </Page>
  )
}

/** Returns the version to show first: the current one, else any live one, else the newest. */
function firstOf<V extends { slot?: string | null | undefined }>(versions: readonly V[]): V | undefined {
  return versions.find((v) => v.slot === 'CURRENT') ?? versions.find((v) => v.slot) ?? versions[0]
}
