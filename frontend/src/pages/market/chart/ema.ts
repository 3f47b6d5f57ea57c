import { type Cell, isBar } from './series'

/** Number of periods after which earlier closes weigh less than one per cent (e^−2·2.3). */
export const warmUp = (period: number): number => Math.ceil(2.3 * period)

/**
 * Computes the exponential moving average of the closes, with weight 2 / (period + 1) for the newest. It starts at the first close
 * and is absent during warm-up, unless `complete` is set because no bar precedes the first. A missing bar does not change it.
 */
export function ema(cells: readonly Cell[], period: number, complete = false): (number | undefined)[] {
  const weight = 2 / (period + 1)
  const unstable = complete ? 0 : warmUp(period)
  let value: number | undefined
  let seen = 0
  return cells.map((cell) => {
    if (!isBar(cell)) return undefined
    value = value === undefined ? cell.close : value + weight * (cell.close - value)
    seen += 1
    return seen > unstable ? value : undefined
  })
}
