import { setParam, timeParam } from '../../lib/params'
import { toIso } from '../../lib/period'
import { FIRST, type Pages } from './paging'
import type { Choice } from './PredictionFilter'

/** Reads the selection from an address; `otherwise` supplies missing parts. */
export function choiceOf(params: URLSearchParams, otherwise: Choice): { choice: Choice; pages: Pages } {
  return {
    choice: {
      version: params.get('version') ?? undefined,
      from: timeParam(params, 'from') ?? otherwise.from,
      to: timeParam(params, 'to') ?? otherwise.to,
      asOf: timeParam(params, 'asOf'),
    },
    pages: [...FIRST, ...params.getAll('after')],
  }
}

/** Writes the selection to an address. */
export function writeChoice(params: URLSearchParams, { version, from, to, asOf }: Choice, pages: Pages): URLSearchParams {
  setParam(params, 'version', version)
  setParam(params, 'from', toIso(from))
  setParam(params, 'to', toIso(to))
  setParam(params, 'asOf', asOf === undefined ? undefined : toIso(asOf))
  params.delete('after')
  for (const cursor of pages) if (cursor !== null) params.append('after', cursor)
  return params
}
