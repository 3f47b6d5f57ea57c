import type { ChartGap } from './GapLayer'
import type { Placed } from './NewsLayer'
import type { Mood } from './sentiment'
import type { Bar } from './series'
import type { Lane } from './signals'

/** What is under the crosshair. */
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

/** Who is told of what is done to the chart. */
export interface ChartListener {
  hover: (hover: Hover | undefined) => void
  /** A mark was clicked, or none. */
  pick: (articles: Placed | undefined) => void
  /** The picked mark is drawn elsewhere now, or no more. */
  move: (articles: Placed | undefined) => void
}

export interface Averages {
  fast: boolean
  slow: boolean
}
