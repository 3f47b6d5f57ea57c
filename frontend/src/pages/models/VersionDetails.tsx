import type { ReactNode } from 'react'
import type { ModelFamily, VersionFactsFragment } from '../../api/generated/graphql'
import { Notice } from '../../components/Notice'
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
  /** Shown in the header of the evaluation. */
  actions: ReactNode
}

/** Shows the evaluation and the provenance of a version. */
export function VersionDetails({ version, family, actions }: Props) {
  const rows = family === 'TRL' ? 'articles' : 'bars'
  const name = `${familyName(versionParts(version.id).family)} ${version.number}`
  return (
    <>
      {version.reason && (
        <Notice tone="bad" title={version.slot ? `${name} was not promoted at first` : `${name} is not live`}>
          {version.reason}
        </Notice>
      )}
      <div className={styles.grid}>
        <Panel title={`Evaluation of ${name}`} note={`${version.evaluation.rows.toLocaleString('en-US')} held-out ${rows}`} actions={actions} flush>
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
