import type { VersionFactsFragment } from '../../api/generated/graphql'
import styles from './CompareChoice.module.css'
import { versionName } from './CompareVersions'

interface Props {
  versions: readonly VersionFactsFragment[]
  version: string
  /** The other version of the comparison, if any. */
  other: string | undefined
  onChoose: (other: string | undefined) => void
}

/** Chooses the version that the one on display is compared with. */
export function CompareChoice({ versions, version, other, onChoose }: Props) {
  return (
    <label className={styles.choice}>
      Compare with
      <select value={other ?? ''} onChange={(event) => onChoose(event.target.value || undefined)}>
        <option value="">no other version</option>
        {versions
          .filter(({ id }) => id !== version)
          .map(({ id }) => (
            <option key={id} value={id}>
              {versionName(id)}
            </option>
          ))}
      </select>
    </label>
  )
}
