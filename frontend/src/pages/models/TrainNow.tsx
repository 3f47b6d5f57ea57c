import { useMutation } from 'urql'
import { RequestTrainingDocument } from '../../api/generated/graphql'
import { problemOf } from '../../api/problem'
import { Button } from '../../components/Button'
import styles from './TrainNow.module.css'

interface Props {
  symbol: string
  running: boolean
  onRequested: () => void
}

/** Asks for a training cycle, and says plainly when that is refused. */
export function TrainNow({ symbol, running, onRequested }: Props) {
  const [result, request] = useMutation(RequestTrainingDocument)
  const cycle = result.data?.requestTraining
  const problem = result.error && problemOf(result.error)

  return (
    <div className={styles.train}>
      {problem && (
        <span className={styles.refused} role="alert">
          {problem.title === 'The server refused' ? '' : `${problem.title}. `}
          {problem.message}
        </span>
      )}
      {!problem && (cycle || running) && (
        <span className={styles.running} role="status">
          {running ? 'A training cycle is running' : cycle && `Cycle ${cycle.number} was asked for`}
        </span>
      )}
      <Button
        look="primary"
        disabled={result.fetching}
        onClick={() => void request({ symbol }).then(onRequested)}
        title="Trains the models anew on what is known now and promotes what comes out"
      >
        {result.fetching ? 'Asking…' : 'Train now'}
      </Button>
    </div>
  )
}
