import { useState } from 'react'
import { useMutation } from 'urql'
import { RequestBackfillDocument } from '../../api/generated/graphql'
import { Button } from '../../components/Button'
import { ConfirmDialog } from '../../components/ConfirmDialog'
import { versionName } from './CompareVersions'

/** Requests the predictions that a live version lacks, for a reason. */
export function RequestBackfill({ version, onRequested }: { version: string; onRequested: () => void }) {
  const [, request] = useMutation(RequestBackfillDocument)
  const [asking, setAsking] = useState(false)
  return (
    <>
      <Button onClick={() => setAsking(true)}>Backfill</Button>
      {asking && (
        <ConfirmDialog
          title={`Backfill ${versionName(version)}?`}
          action="Request the backfill"
          reason="Why is it backfilled?"
          onClose={() => setAsking(false)}
          onConfirm={async (reason) => {
            const { error } = await request({ version, reason })
            if (!error) onRequested()
            return error
          }}
        >
          <p>
            The bars or articles that it has no prediction of are computed from the log. Predictions already recorded stay, and its
            lane goes on meanwhile.
          </p>
        </ConfirmDialog>
      )}
    </>
  )
}
