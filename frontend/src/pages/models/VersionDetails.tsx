import type { ModelFamily, VersionFactsFragment } from '../../api/generated/graphql'
import { Panel } from '../../components/Panel'
import { familyName } from '../../lib/family'
import { versionParts } from '../../lib/format'
import { ConfusionMatrix } from './ConfusionMatrix'
import { EvaluationTable } from './EvaluationTable'
import { ProvenanceList } from './ProvenanceList'
import styles from './VersionDetails.module.css'

interface Props {
  version: VersionFactsFragment
  family: ModelFamily
}

/** Shows the evaluation and the provenance of a version. */
export function VersionDetails({ version, family }: Props) {
  const rows = family === 'TRL' ? 'articles' : 'bars'
  const name = `${familyName(versionParts(version.id).family)} ${version.number}`
  return (
    <>
      <div className={styles.grid}>
        <Panel title={`Evaluation of ${name}`} note={`${version.evaluation.rows.toLocaleString('en-US')} held-out ${rows}`} flush>
          <EvaluationTable evaluation={version.evaluation} />
        </Panel>
        <Panel title="Confusion" note="outcome against signal">
          <ConfusionMatrix counts={version.evaluation.confusion} />
        </Panel>
      </div>
      <Panel title="Provenance" note="everything needed to reproduce it">
        <ProvenanceList version={version} />
      </Panel>
    </>
  )
}
