import type { ChartGap } from './GapLayer'
import type { Placed } from './NewsLayer'
import type { Mood } from './sentiment'
import type { Bar } from './series'
import type { Lane } from './signals'

/** Figures under the crosshair. */
export interface Hover {
  time: number
  bar: Bar | undefined
  ema: { fast: number | undefined; slow: number | undefined }
  gap: ChartGap | undefined
  lanes: readonly Lane[]
  moods: readonly { mood: Mood; value: number }[]
  articles: Placed | undefined
  x: number
}

/** Callbacks of the chart, called on user input. */
export interface ChartListener {
  hover: (hover: Hover | undefined) => void
  /** Called with the clicked mark, or without one. */
  pick: (articles: Placed | undefined) => void
  /** Called when the selected mark has moved or disappeared. */
  move: (articles: Placed | undefined) => void
}

export interface Averages {
  fast: boolean
  slow: boolean
}
