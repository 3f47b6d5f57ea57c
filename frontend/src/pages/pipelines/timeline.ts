import type { CycleFactsFragment } from '../../api/generated/graphql'
import { FAMILY_NAMES } from '../../lib/family'
import { formatDuration } from '../../lib/format'
import type { StepState } from './steps'

/** A row of the timeline, in epoch milliseconds of wall time. */
export interface Row {
  key: string
  label: string
  state: StepState
  from: number
  /** End of waiting; absent while it waits. */
  begun: number | undefined
  to: number
  /** Queued and running time in words. */
  words: string
}

export interface Timeline {
  from: number
  to: number
  rows: readonly Row[]
  /** Milliseconds since `from`. */
  ticks: readonly number[]
}

const STATES = { WAITING: 'waiting', RUNNING: 'running', SUCCEEDED: 'done', FAILED: 'failed', CANCELLED: 'skipped' } as const

/** Lays out the dataset and the runs of a cycle; `now` is this browser's time in epoch milliseconds. */
export function timelineOf({ wall, dataset, state, runs }: CycleFactsFragment, now: number): Timeline {
  const from = Date.parse(wall.requested)
  const ends = (at: string | null | undefined) => Math.max(from, at ? Date.parse(at) : now)
  const sliced = dataset ? ends(wall.begun) : ends(wall.ended)
  const rows: Row[] = [
    {
      key: 'dataset',
      label: 'Dataset',
      state: dataset ? 'done' : state === 'RUNNING' ? 'running' : state === 'CANCELLED' ? 'skipped' : 'failed',
      from,
      begun: from,
      to: sliced,
      words: seconds(sliced - from),
    },
    ...runs.map((run): Row => {
      const queued = Date.parse(run.wall.requested)
      const begun = run.wall.begun ? Date.parse(run.wall.begun) : undefined
      const to = Math.max(begun ?? queued, ends(run.wall.ended))
      const waited = `queued ${seconds((begun ?? to) - queued)}`
      return {
        key: run.id,
        label: run.attempt === 1 ? FAMILY_NAMES[run.family] : `${FAMILY_NAMES[run.family]}, attempt ${run.attempt}`,
        state: STATES[run.state],
        from: queued,
        begun,
        to,
        words: begun === undefined ? waited : `${waited}, ran ${seconds(to - begun)}`,
      }
    }),
  ]
  const to = Math.max(from + 1_000, ends(wall.ended), ...rows.map((row) => row.to))
  return { from, to, rows, ticks: ticksOf(to - from) }
}

const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 14_400, 43_200, 86_400]

/** Returns at most six round times within a length, in milliseconds. */
export function ticksOf(length: number): number[] {
  const step = 1_000 * (STEPS.find((s) => length / 1_000 / s < 6) ?? Math.ceil(length / 6_000))
  return Array.from({ length: Math.floor(length / step) + 1 }, (_, i) => i * step)
}

const seconds = (milliseconds: number): string => formatDuration(Math.max(0, milliseconds / 1000))
