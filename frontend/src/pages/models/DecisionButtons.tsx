import { useState } from 'react'
import { useMutation } from 'urql'
import {
  ArchiveVersionDocument,
  PinVersionDocument,
  PromoteVersionDocument,
  RollBackVersionDocument,
  UnpinVersionDocument,
} from '../../api/generated/graphql'
import { Button } from '../../components/Button'
import { ConfirmDialog } from '../../components/ConfirmDialog'
import { versionName } from './CompareVersions'
import { type Decision, decisionsOf, type Model, type Version } from './decisions'
import styles from './DecisionButtons.module.css'

interface Props {
  model: Model
  version: Version
  onDecided: () => void
}

/** Buttons for the decisions about a version; each asks for confirmation and a reason. */
export function DecisionButtons({ model, version, onDecided }: Props) {
  const [asked, setAsked] = useState<Decision['kind']>()
  const decide = {
    promote: useMutation(PromoteVersionDocument)[1],
    rollBack: useMutation(RollBackVersionDocument)[1],
    pin: useMutation(PinVersionDocument)[1],
    unpin: useMutation(UnpinVersionDocument)[1],
    archive: useMutation(ArchiveVersionDocument)[1],
  }
  const decisions = decisionsOf(model, version)
  const decision = decisions.find(({ kind }) => kind === asked)
  return (
    <>
      {decisions.map(({ kind, label }) => (
        <Button key={kind} look={kind === 'promote' ? 'primary' : 'plain'} onClick={() => setAsked(kind)}>
          {label}
        </Button>
      ))}
      {decision && (
        <ConfirmDialog
          title={`${decision.question} ${versionName(version.id)}?`}
          action={decision.label}
          reason="Why?"
          hindrance={decision.hindrance}
          onClose={() => setAsked(undefined)}
          onConfirm={async (reason) => {
            const { error } = await decide[decision.kind]({ version: version.id, reason })
            if (!error) onDecided()
            return error
          }}
        >
          <ul className={styles.effects}>
            {decision.effects.map((effect) => (
              <li key={effect}>{effect}</li>
            ))}
          </ul>
        </ConfirmDialog>
      )}
    </>
  )
}
