import { useState } from 'react'
import { useMutation } from 'urql'
import { RequestTrainingDocument } from '../../api/generated/graphql'
import { problemOf } from '../../api/problem'
import { Button } from '../../components/Button'
import { ConfirmDialog } from '../../components/ConfirmDialog'
import { type Replaced, replacements } from './replacements'
import styles from './TrainNow.module.css'

interface Props {
  symbol: string
  /** Number of the running cycle, if any. */
  running: number | undefined
  /** Live versions; absent until they are fetched. */
  models: readonly Replaced[] | undefined
  onRequested: () => void
}

const ID = 'why-not-train'

/** Requests a training cycle after confirmation of the versions it replaces; shows the reason if the request is refused. */
export function TrainNow({ symbol, running, models, onRequested }: Props) {
  const [result, request] = useMutation(RequestTrainingDocument)
  const [asking, setAsking] = useState(false)
  const cycle = result.data?.requestTraining
  const problem = result.error && problemOf(result.error)
  const hindrance =
    running !== undefined
      ? `Training cycle ${running} is running. The next one can be requested when it has ended.`
      : models === undefined
        ? 'Waiting for the live versions.'
        : undefined

  return (
    <div className={styles.train}>
      {problem && (
        <span className={styles.refused} role="alert">
          {problem.title === 'The server refused' ? '' : `${problem.title}. `}
          {problem.message}
        </span>
      )}
      {!problem && (cycle || hindrance) && (
        <span className={styles.running} role="status" id={ID}>
          {hindrance ?? (cycle && `Cycle ${cycle.number} was requested`)}
        </span>
      )}
      <Button
        look="primary"
        disabled={result.fetching || hindrance !== undefined}
        aria-describedby={hindrance && ID}
        onClick={() => setAsking(true)}
        title={hindrance ?? 'Retrains the models on the data recorded so far and promotes the results'}
      >
        {result.fetching ? 'Asking…' : 'Train now'}
      </Button>
      {asking && (
        <ConfirmDialog
          title={`Train the models of ${symbol} now?`}
          action="Train and replace"
          hindrance={hindrance}
          onClose={() => setAsking(false)}
          onConfirm={() => {
            setAsking(false)
            void request({ symbol }).then(onRequested)
          }}
        >
          <p>Each family is trained on the data recorded so far. A new version goes live by itself:</p>
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
          <p>Slots can&apos;t be moved back. Predictions already recorded stay as they are.</p>
        </ConfirmDialog>
      )}
    </div>
  )
}
