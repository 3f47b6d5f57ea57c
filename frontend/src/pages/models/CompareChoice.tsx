import type { ModelFamily } from '../../api/generated/graphql'
import { FAMILY_NAMES } from '../../lib/family'
import styles from './CompareChoice.module.css'

interface Props {
  models: readonly { family: ModelFamily; versions: readonly { id: string; number: number }[] }[]
  version: string
  /** The other version of the comparison, if any. */
  other: string | undefined
  onChoose: (other: string | undefined) => void
}

/** Chooses the version that the one on display is compared with. */
export function CompareChoice({ models, version, other, onChoose }: Props) {
  return (
    <label className={styles.choice}>
      Compare with
      <select value={other ?? ''} onChange={(event) => onChoose(event.target.value || undefined)}>
        <option value="">no other version</option>
        {models.map(({ family, versions }) => (
          <optgroup key={family} label={FAMILY_NAMES[family]}>
            {versions
              .filter(({ id }) => id !== version)
              .map(({ id, number }) => (
                <option key={id} value={id}>
                  {FAMILY_NAMES[family]} {number}
                </option>
              ))}
          </optgroup>
        ))}
      </select>
    </label>
  )
}
