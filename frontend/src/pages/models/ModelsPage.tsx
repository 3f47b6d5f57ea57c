import { Link, useSearchParams } from 'wouter'
import { type MarketFactsFragment, ModelsDocument } from '../../api/generated/graphql'
import { useFresh } from '../../api/useFresh'
import { Badge } from '../../components/Badge'
import { Problem } from '../../components/Problem'
import { Panel } from '../../components/Panel'
import { Skeleton } from '../../components/Skeleton'
import { Waiting } from '../../components/Waiting'
import { Page } from '../../layout/Page'
import { FAMILY_NAMES } from '../../lib/family'
import { setParam } from '../../lib/params'
import { useModelChanges } from '../../live/useModelChanges'
import { BackfillPanel } from './BackfillPanel'
import { CompareChoice } from './CompareChoice'
import { CompareVersions } from './CompareVersions'
import { LaneBoard } from './LaneBoard'
import { RequestBackfill } from './RequestBackfill'
import { useLanes } from './useLanes'
import { VersionDetails } from './VersionDetails'
import { VersionTable } from './VersionTable'

/** The page of a market's models: lanes, versions and their history, decisions, evaluation and provenance. */
export default function ModelsPage({ market }: { market: MarketFactsFragment }) {
  const { symbol } = market
  const changes = useModelChanges()
  const [models, retry] = useFresh(ModelsDocument, { symbol }, { when: changes, every: 30_000 })
  const { now, error, answeredAt, retry: retryLanes, predictionOf, accuracyOf } = useLanes(market, changes)
  const [search, setSearch] = useSearchParams()
  const set = (name: 'version' | 'compare', value: string | undefined) =>
    setSearch(
      (before) => {
        setParam(before, name, value)
        return before
      },
      { replace: true },
    )

  const families = (models.data?.models ?? []).filter((model) => model.versions.length > 0)
  const versions = families.flatMap((model) => model.versions)
  const named = (name: string) => versions.find((v) => v.id === search.get(name))
  const version = named('version') ?? versions.find((v) => v.slot === 'CURRENT') ?? versions.find((v) => v.slot) ?? versions[0]
  const other = named('compare')
  const shown = families.find((model) => model.versions.some((v) => v.id === version?.id))

  return (
    <Page title={`Models of ${symbol}`}>
      {models.error && <Problem error={models.error} retry={retry} shown={models.answeredAt} />}
      {error && <Problem error={error} retry={retryLanes} shown={answeredAt} />}
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
          now={now}
          chosen={version?.id}
          predictionOf={predictionOf}
          accuracyOf={accuracyOf}
          onChoose={(id) => set('version', id)}
        />
      )}
      {families.map((model) => (
        <Panel
          key={model.id}
          title={FAMILY_NAMES[model.family]}
          note={<code>{model.id}</code>}
          actions={<Badge>{model.versions.length === 1 ? '1 version' : `${model.versions.length} versions`}</Badge>}
          flush
        >
          <VersionTable versions={model.versions} chosen={version?.id} onChoose={(id) => set('version', id)} />
        </Panel>
      ))}
      {version && shown && (
        <>
          <VersionDetails
            version={version}
            family={shown.family}
            actions={<CompareChoice versions={versions} version={version.id} other={other?.id} onChoose={(id) => set('compare', id)} />}
          />
          <BackfillPanel
            version={version}
            actions={version.state === 'LIVE' && <RequestBackfill version={version.id} onRequested={retry} />}
          />
          {other && other.id !== version.id && <CompareVersions left={version} right={other} />}
        </>
      )}
    </Page>
  )
}
