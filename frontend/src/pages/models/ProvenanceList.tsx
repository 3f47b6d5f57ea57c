import type { ReactNode } from 'react'
import type { VersionFactsFragment } from '../../api/generated/graphql'
import { formatBytes, formatCount, formatDateTime } from '../../lib/format'
import { Digest } from '../../components/Digest'
import styles from './ProvenanceList.module.css'

export function ProvenanceList({ version }: { version: VersionFactsFragment }) {
  const { provenance } = version
  return (
    <div className={styles.columns}>
      <dl className={styles.list}>
        <Item name="Version">
          <code>{version.id}</code>
        </Item>
        <Item name="Dataset">
          <Digest value={provenance.datasetDigest} />
        </Item>
        <Item name="Log position">
          <code>{provenance.datasetPosition}</code>
        </Item>
        <Item name="Data">
          {formatDateTime(provenance.dataFrom)} to {formatDateTime(provenance.inSampleTo)} UTC (in sample)
        </Item>
        <Item name="Rows">
          {formatCount(provenance.trainRows)} trained on, {formatCount(provenance.validationRows)} validated on
        </Item>
        <Item name="Features">
          {version.featureSet} <Digest value={version.featureSetHash} />
        </Item>
        <Item name="Label">
          {version.label.horizonBars} {version.label.horizonBars === 1 ? 'bar' : 'bars'} ahead, threshold{' '}
          {version.label.thresholdPercent} %
        </Item>
        <Item name="Seed">
          <code>{provenance.seed}</code>
        </Item>
        <Item name="Artifact">
          <Digest value={version.artifactDigest} /> {formatBytes(version.artifactBytes)}
        </Item>
        <Item name="Scorer">{version.scorer}</Item>
        <Item name="Platform">{provenance.platform}</Item>
      </dl>
      <Settings title="Parameters" settings={provenance.parameters} />
      <Settings title="Libraries" settings={provenance.libraries} />
    </div>
  )
}

function Item({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  )
}

function Settings({ title, settings }: { title: string; settings: readonly { name: string; value: string }[] }) {
  return (
    <div>
      <h3 className={styles.title}>{title}</h3>
      <dl className={styles.list}>
        {settings.map(({ name, value }) => (
          <Item key={name} name={name}>
            <code>{value}</code>
          </Item>
        ))}
      </dl>
    </div>
  )
}
