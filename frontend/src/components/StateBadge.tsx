import type { BackfillState, TrainingState, VersionState } from '../api/generated/graphql'
import { Badge, type Tone } from './Badge'

type State = VersionState | TrainingState | BackfillState

const TONES: Record<State, Tone> = {
  LIVE: 'good',
  PROMOTING: 'accent',
  REGISTERED: 'accent',
  DECLINED: 'warn',
  ARCHIVED: 'plain',
  PURGED: 'plain',
  ABANDONED: 'bad',
  WAITING: 'plain',
  RUNNING: 'accent',
  SUCCEEDED: 'good',
  FAILED: 'bad',
  CANCELLED: 'plain',
  PENDING: 'plain',
  COMPLETE: 'good',
  GIVEN_UP: 'bad',
}

/** The state of a version, a training or a backfill, in words and colour. */
export function StateBadge({ state }: { state: State }) {
  return <Badge tone={TONES[state]}>{stateName(state)}</Badge>
}

/** Returns a state as words: `GIVEN_UP` is Given up. */
export const stateName = (state: State): string => (state.charAt(0) + state.slice(1).toLowerCase()).replace('_', ' ')
