import type { ReactNode } from 'react'
import table from './table.module.css'

interface Props {
  /** Accessible name of the table. */
  label: string
  busy?: boolean
  children: ReactNode
}

/** A wide table that scrolls sideways in its panel, with the keyboard as well. */
export function TableScroll({ label, busy = false, children }: Props) {
  return (
    <div className={table.scroll} role="region" aria-label={label} aria-busy={busy} tabIndex={0}>
      {children}
    </div>
  )
}
