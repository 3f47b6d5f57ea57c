import { useState } from 'react'
import { useMutation } from 'urql'
import { RequestTrainingDocument } from '../../api/generated/graphql'
import { Button } from '../../components/Button'
import { ConfirmDialog } from '../../components/ConfirmDialog'
import { type Replaced, replacements } from './replacements'
import styles from './StartCycle.module.css'

interface Props {
  symbol: string
  /** Number of the running cycle, if any. */
  running: number | undefined
  /** Live versions; absent until they are fetched. */
  models: readonly Replaced[] | undefined
  /** Label of the button. */
  label: string
  onStarted: (cycle: number) => void
}

/** Starts a training cycle after confirmation of the versions that it may replace. */
export function StartCycle({ symbol, running, models, label, onStarted }: Props) {
  const [, request] = useMutation(RequestTrainingDocument)
  const [asking, setAsking] = useState(false)
  const hindrance =
    running !== undefined
      ? `Cycle ${running} is running. The next one can be started when it has ended.`
      : models === undefined
        ? 'Waiting for the live versions.'
        : undefined

  return (
    <>
      <Button look="primary" onClick={() => setAsking(true)}>
        {label}
      </Button>
      {asking && (
        <ConfirmDialog
          title={`Train the models of ${symbol} now?`}
          action="Start a cycle"
          hindrance={hindrance}
          onClose={() => setAsking(false)}
          onConfirm={async () => {
            const { data, error } = await request({ symbol })
            if (data) onStarted(data.requestTraining.number)
            return error
          }}
        >
          <p>Each family is trained on the data recorded so far. When a new version passes its family&apos;s promotion policy:</p>
          <ul className={styles.replaced}>
            {replacements(models ?? []).map(({ family, lines }) => (
              <li key={family}>
                <strong>{family}</strong>
                <ul>
                  {lines.map((line) => (
                    <li key={line}>{line}</li>
                  ))}
                </ul>
              </li>
            ))}
          </ul>
          <p>Predictions already recorded stay as they are. A promotion can be rolled back on the Models page.</p>
        </ConfirmDialog>
      )}
    </>
  )
}
