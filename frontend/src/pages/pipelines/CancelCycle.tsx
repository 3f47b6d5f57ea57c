import { useState } from 'react'
import { useMutation } from 'urql'
import { CancelTrainingDocument } from '../../api/generated/graphql'
import { Button } from '../../components/Button'
import { ConfirmDialog } from '../../components/ConfirmDialog'

interface Props {
  symbol: string
  cycle: number
  /** Number of versions that the cycle has registered. */
  registered: number
  onCancelled: () => void
}

/** Cancels a running cycle for a reason. */
export function CancelCycle({ symbol, cycle, registered, onCancelled }: Props) {
  const [, cancel] = useMutation(CancelTrainingDocument)
  const [asking, setAsking] = useState(false)
  return (
    <>
      <Button onClick={() => setAsking(true)}>Cancel cycle {cycle}</Button>
      {asking && (
        <ConfirmDialog
          title={`Cancel cycle ${cycle} of ${symbol}?`}
          action="Cancel the cycle"
          reason="Why is it cancelled?"
          onClose={() => setAsking(false)}
          onConfirm={async (reason) => {
            const { error } = await cancel({ symbol, cycle, reason })
            if (!error) onCancelled()
            return error
          }}
        >
          <p>Its unfinished runs fail and their machines are released.</p>
          <p>
            {registered === 0
              ? 'It has registered no version so far, so live versions stay as they are.'
              : `The ${registered === 1 ? 'version that it has' : `${registered} versions that it has`} registered stay.`}
          </p>
        </ConfirmDialog>
      )}
    </>
  )
}
