import type { AuditFactsFragment } from '../../api/generated/graphql'
import { Badge } from '../../components/Badge'

/** The state of a replay, and once it is completed whether everything came out the same. */
export function AuditBadge({ audit }: { audit: Pick<AuditFactsFragment, 'state' | 'divergences' | 'days' | 'daysDone'> }) {
  if (audit.divergences > 0) return <Badge tone="bad">Divergent</Badge>
  switch (audit.state) {
    case 'RUNNING':
      return <Badge tone="accent">{`${audit.daysDone} of ${audit.days} days`}</Badge>
    case 'COMPLETED':
      return <Badge tone="good">The same</Badge>
    case 'FAILED':
      return <Badge tone="bad">Failed</Badge>
    case 'CANCELLED':
      return <Badge>Cancelled</Badge>
  }
}
