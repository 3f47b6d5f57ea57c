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
import { VersionDetails } from './VersionDetails'
import { VersionTable } from './VersionTable'

/** The page of a market's models: versions, evaluation, provenance and training cycles. */
export default function ModelsPage({ market }: { market: MarketFactsFragment }) {
  const { symbol } = market
  const changes = useModelChanges()
  const [models, retry] = useFresh(ModelsDocument, { symbol }, { when: changes, every: 30_000 })
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
  const shown = families.find((model) => model.versions.some((v) => v.id === version?.id))

  return (
    <Page
      title={`Models of ${symbol}`}
    >
      {models.error && <Problem error={models.error} retry={retry} shown={models.answeredAt} />}
      {!models.data && !models.error && (
        <Panel title="Versions">
          <Skeleton lines={6} />
        </Panel>
      )}
      {models.data && versions.length === 0 && (
        <Panel title="Versions">
          <Waiting title="There is no version yet" busy={false}>
            Versions are registered by training cycles: <Link href={`/pipelines?symbol=${encodeURIComponent(symbol)}`}>see the Pipelines page</Link>
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
    </Page>
  )
}
