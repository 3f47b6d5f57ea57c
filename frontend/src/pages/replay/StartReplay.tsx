import { useState } from 'react'
import { useMutation } from 'urql'
import { type ReplayableVersionsQuery, ReplayVersionDocument } from '../../api/generated/graphql'
import { problemOf } from '../../api/problem'
import { Button } from '../../components/Button'
import { Panel } from '../../components/Panel'
import { dayBefore, startOfNext } from './results'
import styles from './StartReplay.module.css'

interface Props {
  /** Absent until they are fetched. */
  models: ReplayableVersionsQuery['models'] | undefined
  /** Latest bar of the market, by which yesterday is known. */
  now: string | undefined
  onStarted: (id: string) => void
}

const SLOTS = { BASELINE: 'v1', PREVIOUS: 'v2', CURRENT: 'v3' }

/** Starts a replay of a version over whole days, by default of yesterday at the market. */
export function StartReplay({ models, now, onStarted }: Props) {
  const [{ fetching, error }, replay] = useMutation(ReplayVersionDocument)
  const versions = models?.flatMap((model) => model.versions) ?? []
  const [version, setVersion] = useState<string>()
  const [first, setFirst] = useState<string>()
  const [last, setLast] = useState<string>()
  const [reason, setReason] = useState('')
  const yesterday = now && dayBefore(now)
  const chosen = version ?? versions.find(({ slot }) => slot !== null)?.id ?? versions[0]?.id
  const from = first ?? yesterday
  const to = last ?? (first && yesterday && first > yesterday ? first : yesterday)
  const problem = error && problemOf(error)

  async function start() {
    if (!chosen || !from || !to) return
    const { data } = await replay({
      version: chosen,
      from: `${from}T00:00:00Z`,
      to: startOfNext(to),
      reason: reason.trim() || 'requested on the page',
    })
    if (data) onStarted(data.replayVersion)
  }

  return (
    <Panel title="Replay a version" note="its predictions are computed again from the log and compared with what was recorded; nothing is changed">
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault()
          void start()
        }}
      >
        <label>
          Version
          <select value={chosen ?? ''} onChange={(event) => setVersion(event.target.value)}>
            {versions.length === 0 && <option value="">No version yet</option>}
            {versions.map(({ id, slot, state }) => (
              <option key={id} value={id}>
                {id} ({slot ? SLOTS[slot] : state.toLowerCase()})
              </option>
            ))}
          </select>
        </label>
        <label>
          First day, UTC
          <input type="date" required value={from ?? ''} onChange={(event) => setFirst(event.target.value || undefined)} />
        </label>
        <label>
          Last day, UTC
          <input type="date" required value={to ?? ''} onChange={(event) => setLast(event.target.value || undefined)} />
        </label>
        <label className={styles.reason}>
          Reason
          <input value={reason} maxLength={500} placeholder="requested on the page" onChange={(event) => setReason(event.target.value)} />
        </label>
        <Button type="submit" look="primary" disabled={!chosen || !from || !to || fetching}>
          {fetching ? 'Requesting…' : 'Replay'}
        </Button>
      </form>
      {problem && (
        <p className={styles.refused} role="alert">
          {problem.title === 'The server refused' ? '' : `${problem.title}. `}
          {problem.message}
        </p>
      )}
    </Panel>
  )
}
