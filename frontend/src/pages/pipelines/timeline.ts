import type { CycleFactsFragment } from '../../api/generated/graphql'
import { FAMILY_NAMES } from '../../lib/family'
import { formatDuration, versionParts } from '../../lib/format'
import type { CycleVersion, StepState } from './steps'

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

const BACKFILL_STATES = { PENDING: 'waiting', RUNNING: 'running', COMPLETE: 'done', GIVEN_UP: 'failed' } as const

const STATES = { WAITING: 'waiting', RUNNING: 'running', SUCCEEDED: 'done', FAILED: 'failed', CANCELLED: 'skipped' } as const

/** Lays out the dataset, the runs and the first backfills of a cycle's versions; `now` is this browser's time in epoch milliseconds. */
export function timelineOf({ wall, dataset, state, runs }: CycleFactsFragment, versions: readonly CycleVersion[], now: number): Timeline {
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
    ...runs.flatMap((run) => backfillRow(run, versions.find(({ id }) => id === run.version), ends)),
  ]
  const to = Math.max(from + 1_000, ends(wall.ended), ...rows.map((row) => row.to))
  return { from, to, rows, ticks: ticksOf(to - from) }
}

/** From the moment at which the lane joined; a backfill that was requested later belongs to no cycle. */
function backfillRow(run: CycleFactsFragment['runs'][number], version: CycleVersion | undefined, ends: (at: string | null | undefined) => number): Row[] {
  const past = version?.backfill
  if (!version || !past || past.reason !== null && past.state !== 'GIVEN_UP') return []
  const pending = Date.parse(past.wall.requested)
  const begun = past.wall.begun ? Date.parse(past.wall.begun) : undefined
  const to = Math.max(begun ?? pending, ends(past.wall.ended))
  return [
    {
      key: `${run.id} backfill`,
      label: `${FAMILY_NAMES[run.family]}, backfill of version ${versionParts(version.id).number}`,
      state: BACKFILL_STATES[past.state],
      from: pending,
      begun,
      to,
      words: `lane joined, ${begun === undefined ? 'finds its extent' : `took ${seconds(to - pending)}`}`,
    },
  ]
}

const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 14_400, 43_200, 86_400]

/** Returns at most six round times within a length, in milliseconds. */
export function ticksOf(length: number): number[] {
  const step = 1_000 * (STEPS.find((s) => length / 1_000 / s < 6) ?? Math.ceil(length / 6_000))
  return Array.from({ length: Math.floor(length / step) + 1 }, (_, i) => i * step)
}

const seconds = (milliseconds: number): string => formatDuration(Math.max(0, milliseconds / 1000))
