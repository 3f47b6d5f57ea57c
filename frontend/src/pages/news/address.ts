import { setParam, timeParam } from '../../lib/params'
import { toIso } from '../../lib/period'
import type { Choice } from './articles'

/** Reads the selection of articles from an address. */
export function choiceOf(params: URLSearchParams, symbol: string): Choice {
  return {
    symbol: params.get('about') === 'all' ? undefined : symbol,
    source: params.get('source') ?? undefined,
    text: params.get('text') ?? undefined,
    from: timeParam(params, 'from'),
    to: timeParam(params, 'to'),
    repetitions: params.get('repetitions') === 'shown',
  }
}

/** Writes a selection to an address. */
export function writeChoice(params: URLSearchParams, { symbol, source, text, from, to, repetitions }: Choice): URLSearchParams {
  setParam(params, 'about', symbol === undefined ? 'all' : undefined)
  setParam(params, 'source', source)
  setParam(params, 'text', text)
  setParam(params, 'from', from === undefined ? undefined : toIso(from))
  setParam(params, 'to', to === undefined ? undefined : toIso(to))
  setParam(params, 'repetitions', repetitions ? 'shown' : undefined)
  return params
}
