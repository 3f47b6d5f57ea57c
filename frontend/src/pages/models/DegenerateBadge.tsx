import type { Signal } from '../../api/generated/graphql'
import { Badge } from '../../components/Badge'

/** Marks a version that predicts one signal for almost all inputs. */
export function DegenerateBadge({ signal }: { signal: Signal | null }) {
  return (
    signal && (
      <Badge
        tone="warn"
        title={`Predicts ${signal} for at least 99 % of the held-out rows, whatever the input. Not promoted: the next training cycle tries again.`}
      >
        Degenerate
      </Badge>
    )
  )
}
