import { setParam } from '../../lib/params'

/** Selection of the page: a page of cycles, a cycle on it, and a run and a metric of that cycle. */
export interface Choice {
  /** Cursors after which the pages visited so far begin, without the first page. */
  after: readonly string[]
  cycle: number | undefined
  run: string | undefined
  metric: string | undefined
}

/** Reads the selection from an address. */
export function choiceOf(params: URLSearchParams): Choice {
  const cycle = Number(params.get('cycle') ?? undefined)
  return {
    after: params.getAll('after'),
    cycle: Number.isInteger(cycle) && cycle > 0 ? cycle : undefined,
    run: params.get('run') ?? undefined,
    metric: params.get('metric') ?? undefined,
  }
}

/** Writes the selection to an address. */
export function writeChoice(params: URLSearchParams, { after, cycle, run, metric }: Choice): URLSearchParams {
  params.delete('after')
  for (const cursor of after) params.append('after', cursor)
  setParam(params, 'cycle', cycle)
  setParam(params, 'run', run)
  setParam(params, 'metric', metric)
  return params
}
