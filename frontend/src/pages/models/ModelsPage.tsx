import { useSearchParams } from 'wouter'
import { type MarketFactsFragment, ModelsDocument, TrainingCyclesDocument } from '../../api/generated/graphql'
import { useFresh } from '../../api/useFresh'
import { Badge } from '../../components/Badge'
import { Problem } from '../../components/Problem'
import { Panel } from '../../components/Panel'
import { Skeleton } from '../../components/Skeleton'
import { Waiting } from '../../components/Waiting'
import { Page } from '../../layout/Page'
import { FAMILY_NAMES } from '../../lib/family'
import { setParam } from '../../lib/params'
import { useLive } from '../../live/LiveProvider'
import { TrainNow } from './TrainNow'
import { TrainingCycles } from './TrainingCycles'
import { VersionDetails } from './VersionDetails'
import { VersionTable } from './VersionTable'

/** The page of a market's models: versions, evaluation, provenance and training cycles. */
export default function ModelsPage({ market }: { market: MarketFactsFragment }) {
  const { symbol } = market
  const changes = useLive((state) => state.modelChanges)
  const [models, retry] = useFresh(ModelsDocument, { symbol }, { when: changes, every: 30_000 })
  const [cycles, retryCycles] = useFresh(
    TrainingCyclesDocument,
    { symbol, first: 20 },
    {
      when: changes,
      every: ({ data }) => (data?.trainingCycles.edges.some(({ node }) => node.state === 'RUNNING') ? 2_000 : 30_000),
    },
  )
  const [search, setSearch] = useSearchParams()
  const chosen = search.get('version')
  const choose = (id: string) =>
    setSearch(
      (before) => {
        setParam(before, 'version', id)
        return before
      },
      { replace: true },
    )

  const families = models.data?.models ?? []
  const versions = families.flatMap((model) => model.versions)
  const version =
    versions.find((v) => v.id === chosen) ??
    versions.find((v) => v.slot === 'CURRENT') ??
    versions.find((v) => v.slot) ??
    versions[0]
  const running = cycles.data?.trainingCycles.edges.find(({ node }) => node.state === 'RUNNING')?.node.number
  const shown = families.find((model) => model.versions.some((v) => v.id === version?.id))

  return (
    <Page
      title={`Models of ${symbol}`}
      actions={
        <TrainNow symbol={symbol} running={running} models={cycles.data && models.data?.models} onRequested={retryCycles} />
      }
    >
      {models.error && <Problem error={models.error} retry={retry} shown={models.answeredAt} />}
      {!models.data && !models.error && (
        <Panel title="Versions">
          <Skeleton lines={6} />
        </Panel>
      )}
      {models.data && versions.length === 0 && (
        <Panel title="Versions">
          <Waiting title={running ? 'Training the first model…' : 'There is no version yet'} busy={running !== undefined}>
            {running ? 'It appears here when its run has succeeded.' : 'Versions are created by training runs.'}
          </Waiting>
        </Panel>
      )}
      {families
        .filter((model) => model.versions.length > 0)
        .map((model) => (
          <Panel
            key={model.id}
            title={FAMILY_NAMES[model.family]}
            note={<code>{model.id}</code>}
            actions={<Badge>{model.versions.length === 1 ? '1 version' : `${model.versions.length} versions`}</Badge>}
            flush
          >
            <VersionTable versions={model.versions} chosen={version?.id} onChoose={choose} />
          </Panel>
        ))}
      {version && shown && <VersionDetails version={version} family={shown.family} />}
      <TrainingCycles
        cycles={cycles.data?.trainingCycles.edges.map((edge) => edge.node)}
        error={cycles.error}
        answeredAt={cycles.answeredAt}
        retry={retryCycles}
      />
    </Page>
  )
}
