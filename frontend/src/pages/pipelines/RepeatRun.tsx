import { useState } from 'react'
import { useMutation } from 'urql'
import { RepeatTrainingDocument } from '../../api/generated/graphql'
import { Button } from '../../components/Button'
import { ConfirmDialog } from '../../components/ConfirmDialog'

interface Props {
  /** Id of a run that has succeeded. */
  run: string
  /** Name of the run on the page. */
  name: string
  /** Number of the running cycle, if any. */
  running: number | undefined
  onStarted: (cycle: number) => void
}

/** Repeats a run for a reason, to see whether the same bundle comes out. */
export function RepeatRun({ run, name, running, onStarted }: Props) {
  const [, repeat] = useMutation(RepeatTrainingDocument)
  const [asking, setAsking] = useState(false)
  return (
    <>
      <Button onClick={() => setAsking(true)}>Repeat run</Button>
      {asking && (
        <ConfirmDialog
          title={`Repeat ${name}?`}
          action="Repeat the run"
          reason="Why is it repeated?"
          hindrance={running === undefined ? undefined : `Cycle ${running} is running. A run can be repeated when it has ended.`}
          onClose={() => setAsking(false)}
          onConfirm={async (reason) => {
            const { data, error } = await repeat({ run, reason })
            if (data) onStarted(data.repeatTraining)
            return error
          }}
        >
          <p>It is trained again in a cycle of its own, on the same dataset, with the same parameters and seed.</p>
          <p>The new bundle is compared with the recorded one, byte by byte. It becomes no version, and live versions stay as they are.</p>
        </ConfirmDialog>
      )}
    </>
  )
}
