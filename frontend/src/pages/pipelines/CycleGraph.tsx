import { FAMILY_NAMES } from '../../lib/family'
import styles from './CycleGraph.module.css'
import type { CycleGraph as Graph, Step } from './steps'
import { STEP_WORDS, StepMark } from './StepMark'

interface Props {
  graph: Graph
  /** Id of the run on display. */
  chosen: string | undefined
  onChoose: (run: string) => void
}

/** The steps of a cycle from its dataset to the slots, a row for each family. Runs are buttons that show their details. */
export function CycleGraph({ graph, chosen, onChoose }: Props) {
  return (
    <div className={styles.graph}>
      <div className={styles.dataset}>
        <Node step={graph.dataset} />
      </div>
      {graph.families.length === 0 ? (
        <p className={styles.none}>Runs are queued when the dataset has been sliced.</p>
      ) : (
        <ul className={styles.families}>
          {graph.families.map(({ family, steps }) => (
            <li key={family} className={styles.family}>
              <h3>{FAMILY_NAMES[family]}</h3>
              <ol className={styles.steps} aria-label={`Steps of ${FAMILY_NAMES[family]}`}>
                {steps.map((step) => (
                  <li key={step.key} className={step.state === 'skipped' || step.state === 'waiting' ? styles.ahead : undefined}>
                    <Node step={step} chosen={step.run === chosen} onChoose={onChoose} />
                  </li>
                ))}
              </ol>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

/** Keeps numbers on one line with their units. */
const unbroken = (text: string): string => text.replace(/(\d) (?=[a-z])/g, '$1\u00a0')

function Node({ step, chosen = false, onChoose }: { step: Step; chosen?: boolean; onChoose?: Props['onChoose'] }) {
  const { run } = step
  const content = (
    <>
      <StepMark state={step.state} />
      <span className={styles.words}>
        <strong>{step.title}</strong>
        <span>
          {STEP_WORDS[step.state]}
          {step.detail && `, ${unbroken(step.detail)}`}
        </span>
      </span>
    </>
  )
  if (!run || !onChoose) {
    return (
      <div className={`${styles.node} ${styles[step.state]}`} data-step={step.key} data-state={step.state}>
        {content}
      </div>
    )
  }
  return (
    <button
      type="button"
      className={`${styles.node} ${styles[step.state]}`}
      aria-pressed={chosen}
      data-step="run"
      data-state={step.state}
      onClick={() => onChoose(run)}
    >
      {content}
    </button>
  )
}
