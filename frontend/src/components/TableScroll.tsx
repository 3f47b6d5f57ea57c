import type { ReactNode } from 'react'
import table from './table.module.css'

interface Props {
  /** What the table holds, for whoever can't see it. */
  label: string
  busy?: boolean
  children: ReactNode
}

/** A wide table that scrolls sideways in its panel, by keyboard too. */
export function TableScroll({ label, busy = false, children }: Props) {
  return (
    <div className={table.scroll} role="region" aria-label={label} aria-busy={busy} tabIndex={0}>
      {children}
    </div>
  )
}
