import type { TrainingState, VersionState } from '../../api/generated/graphql'
import { Badge, type Tone } from '../../components/Badge'

const TONES: Record<VersionState | TrainingState, Tone> = {
  LIVE: 'good',
  PROMOTING: 'accent',
  REGISTERED: 'accent',
  ARCHIVED: 'plain',
  PURGED: 'plain',
  ABANDONED: 'bad',
  WAITING: 'plain',
  RUNNING: 'accent',
  SUCCEEDED: 'good',
  FAILED: 'bad',
  CANCELLED: 'plain',
}

export function StateBadge({ state }: { state: VersionState | TrainingState }) {
  return <Badge tone={TONES[state]}>{state.charAt(0) + state.slice(1).toLowerCase()}</Badge>
}
