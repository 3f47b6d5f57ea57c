import type { CycleFactsFragment, CycleVersionsQuery, ModelFamily } from '../../api/generated/graphql'
import { SLOT_NAMES, SLOT_TAGS } from '../../lib/family'
import { formatCount, formatDuration, versionParts } from '../../lib/format'

export type StepState = 'waiting' | 'running' | 'done' | 'failed' | 'skipped'

/** One step of a cycle. */
export interface Step {
  key: string
  title: string
  state: StepState
  /** Duration, progress or result. */
  detail?: string | undefined
  /** Reason of a failure and its remedy, or why the step is not taken. */
  reason?: string | undefined
  /** Id of the run, if the step is one. */
  run?: string
}

export interface CycleGraph {
  dataset: Step
  /** The steps of each family: its runs by attempt, then those of the version. */
  families: readonly { family: ModelFamily; steps: readonly Step[] }[]
}

type Run = CycleFactsFragment['runs'][number]
export type CycleVersion = CycleVersionsQuery['models'][number]['versions'][number]

/** Derives the steps of a cycle; `now` is this browser's time in epoch milliseconds. */
export function graphOf(cycle: CycleFactsFragment, versions: readonly CycleVersion[], now: number): CycleGraph {
  const families = [...new Set(cycle.runs.map((run) => run.family))]
  return {
    dataset: datasetStep(cycle, now),
    families: families.map((family) => {
      const runs = cycle.runs.filter((run) => run.family === family).sort((a, b) => a.attempt - b.attempt)
      const last = runs[runs.length - 1]!
      const version = versions.find(({ id }) => id === last.version)
      return { family, steps: [
          ...runs.map((run) => runStep(run, now)),
          parityStep(last),
          ...(cycle.repeats ? [comparisonStep(last)] : [registerStep(last), ...versionSteps(last, version)]),
        ] }
    }),
  }
}

function datasetStep({ dataset, state, note, wall }: CycleFactsFragment, now: number): Step {
  const title = 'Dataset'
  if (dataset) return { key: title, title, state: 'done', detail: `${formatCount(dataset.rows)} rows, ${took(wall.requested, wall.begun)}` }
  if (state === 'RUNNING') return { key: title, title, state: 'running', detail: since(wall.requested, now) }
  return { key: title, title, state: state === 'CANCELLED' ? 'skipped' : 'failed', reason: note ?? undefined }
}

function runStep(run: Run, now: number): Step {
  const title = run.attempt === 1 ? 'Run' : `Run, attempt ${run.attempt}`
  const step = { key: run.id, title, run: run.id }
  const { requested, begun, ended } = run.wall
  switch (run.state) {
    case 'WAITING':
      return { ...step, state: 'waiting', detail: `queued ${since(requested, now)}` }
    case 'RUNNING':
      return { ...step, state: 'running', detail: since(begun ?? requested, now) }
    case 'SUCCEEDED':
      return { ...step, state: 'done', detail: took(begun ?? requested, ended) }
    default:
      return { ...step, state: run.state === 'FAILED' ? 'failed' : 'skipped', detail: took(begun ?? requested, ended), reason: run.reason ?? undefined }
  }
}

/** A worker compares its export with the trained model before it uploads: only a run that passed succeeds. */
function parityStep(run: Run): Step {
  const step = { key: 'parity', title: 'Parity' }
  if (run.state === 'SUCCEEDED') return { ...step, state: 'done', detail: 'verified' }
  return { ...step, state: run.state === 'WAITING' || run.state === 'RUNNING' ? 'waiting' : 'skipped' }
}

/** The bundle of a repeated run is compared with the original, and becomes no version. */
function comparisonStep(run: Run): Step {
  const step = { key: 'compare', title: 'Compare' }
  if (run.reproduced === true) return { ...step, state: 'done', detail: 'equal, byte by byte' }
  if (run.reproduced === false) return { ...step, state: 'failed', detail: 'not equal', reason: NOT_REPRODUCED }
  if (run.state === 'SUCCEEDED') return { ...step, state: 'running' }
  return { ...step, state: run.state === 'WAITING' || run.state === 'RUNNING' ? 'waiting' : 'skipped' }
}

const NOT_REPRODUCED =
  'the bundle differs from that of the repeated run. Training that uses several threads, or another machine or library version, may not be repeatable.'

function registerStep(run: Run): Step {
  const step = { key: 'register', title: 'Register' }
  if (run.version) return { ...step, state: 'done', detail: `version ${versionParts(run.version).number}` }
  if (run.state === 'SUCCEEDED') return { ...step, state: 'running' }
  return { ...step, state: run.state === 'WAITING' || run.state === 'RUNNING' ? 'waiting' : 'skipped' }
}

/** Lane, backfill and slots, as far as the version shows that they were taken. */
function versionSteps(run: Run, version: CycleVersion | undefined): Step[] {
  const lane = { key: 'lane', title: 'Lane' }
  const backfill = { key: 'backfill', title: 'Backfill' }
  const slots = { key: 'slots', title: 'Slots' }
  const all = (state: StepState): Step[] => [lane, backfill, slots].map((step) => ({ ...step, state }))
  if (!version) return all(run.state === 'FAILED' || run.state === 'CANCELLED' ? 'skipped' : 'waiting')

  const past = version.backfill
  const reason = version.reason ?? undefined
  const joined: Step = { ...lane, state: 'done', detail: 'joined' }
  switch (version.state) {
    case 'REGISTERED':
      return reason === undefined ? all('waiting') : [{ ...lane, state: 'skipped', reason }, ...all('skipped').slice(1)]
    case 'DECLINED':
      return [{ ...lane, state: 'skipped', detail: 'declined', reason }, ...all('skipped').slice(1)]
    case 'PROMOTING':
      if (!past) return [{ ...lane, state: 'running', detail: 'loads the version' }, ...all('waiting').slice(1)]
      return [joined, backfillStep(backfill, past), { ...slots, state: past.state === 'COMPLETE' ? 'running' : 'waiting' }]
    case 'ABANDONED':
      if (!past) return [{ ...lane, state: 'failed', reason }, ...all('skipped').slice(1)]
      if (past.state === 'COMPLETE') return [joined, backfillStep(backfill, past), { ...slots, state: 'failed', reason }]
      return [joined, { ...backfillStep(backfill, past), state: 'failed', reason: past.reason ?? reason }, { ...slots, state: 'skipped' }]
    case 'LIVE':
      return [
        joined,
        past ? backfillStep(backfill, past) : { ...backfill, state: 'skipped' },
        { ...slots, state: 'done', detail: version.slot ? `${SLOT_TAGS[version.slot]} ${SLOT_NAMES[version.slot]}` : undefined },
      ]
    default:
      // Out of the slots: it was in one only if its lane had joined.
      if (!past) return [{ ...lane, state: 'skipped', reason }, ...all('skipped').slice(1)]
      return [joined, backfillStep(backfill, past), { ...slots, state: 'done', detail: version.state.toLowerCase() }]
  }
}

function backfillStep(step: { key: string; title: string }, past: NonNullable<CycleVersion['backfill']>): Step {
  const days = past.days == null ? undefined : `${past.daysDone} of ${past.days} days`
  switch (past.state) {
    case 'PENDING':
      return { ...step, state: 'running', detail: 'finds its extent' }
    case 'RUNNING':
      return { ...step, state: 'running', detail: days }
    case 'COMPLETE':
      return { ...step, state: 'done', detail: past.predictions == null ? days : `${formatCount(past.predictions)} predictions` }
    case 'GIVEN_UP':
      return { ...step, state: 'failed', detail: days, reason: past.reason ?? undefined }
  }
}

const took = (from: string, to: string | null | undefined): string | undefined =>
  to ? formatDuration(Math.max(0, (Date.parse(to) - Date.parse(from)) / 1000)) : undefined

const since = (from: string, now: number): string => formatDuration(Math.max(0, (now - Date.parse(from)) / 1000))
