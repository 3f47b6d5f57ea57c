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
  /** Number of the cycle that runs, if one does. */
  running: number | undefined
  /** What is live now; absent while that isn't known. */
  models: readonly Replaced[] | undefined
  onRequested: () => void
}

const ID = 'why-not-train'

/** Asks for a training cycle once it is confirmed what that replaces, and says plainly why it can't be had. */
export function TrainNow({ symbol, running, models, onRequested }: Props) {
  const [result, request] = useMutation(RequestTrainingDocument)
  const [asking, setAsking] = useState(false)
  const cycle = result.data?.requestTraining
  const problem = result.error && problemOf(result.error)
  const hindrance =
    running !== undefined
      ? `Training cycle ${running} is running. The next can be asked for when it has ended.`
      : models === undefined
        ? 'Waiting for what is live.'
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
          {hindrance ?? (cycle && `Cycle ${cycle.number} was asked for`)}
        </span>
      )}
      <Button
        look="primary"
        disabled={result.fetching || hindrance !== undefined}
        aria-describedby={hindrance && ID}
        onClick={() => setAsking(true)}
        title={hindrance ?? 'Trains the models anew on what is known now and promotes what comes out'}
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
          <p>Each family is trained on what is known now. A version that comes out goes live by itself:</p>
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
