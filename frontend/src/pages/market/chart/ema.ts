import { type Cell, isBar } from './series'

/** After so many periods what came before weighs less than one per cent (e^−2·2.3). */
export const warmUp = (period: number): number => Math.ceil(2.3 * period)

/**
 * Exponential moving average of the closes, with weight 2 / (period + 1) for the newest. It starts at the first close and is
 * absent until it has forgotten that, unless `complete` says that nothing came before. A missing bar leaves it as it is.
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
