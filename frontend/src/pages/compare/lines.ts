/** A line of a plot; a point without a value interrupts it. */
export interface Line {
  name: string
  points: readonly { x: number; y: number | undefined }[]
  /** A baseline is drawn dashed. */
  baseline?: boolean
  /** Index of the colour; a baseline has the colour of its line. */
  colour: number
}

export interface Range {
  x: readonly [number, number]
  y: readonly [number, number]
}

/** Returns the range of all points, with some room above and below; `undefined` without any point. */
export function rangeOf(lines: readonly Line[]): Range | undefined {
  const points = lines.flatMap((line) => line.points).filter(({ y }) => y !== undefined)
  if (points.length === 0) return undefined
  const xs = points.map(({ x }) => x)
  const ys = points.map(({ y }) => y!)
  const [x0, x1] = [Math.min(...xs), Math.max(...xs)]
  const [y0, y1] = [Math.min(...ys), Math.max(...ys)]
  const room = (y1 - y0 || Math.abs(y1) || 1) * 0.08
  return { x: [x0, x1 === x0 ? x0 + 1 : x1], y: [y0 - room, y1 + room] }
}

/** Returns the path of a line in a square of 100 by 100; a gap longer than `gap` interrupts it. */
export function pathOf(line: Line, { x, y }: Range, gap = Number.POSITIVE_INFINITY): string {
  let path = ''
  let last: number | undefined
  for (const point of line.points) {
    if (point.y === undefined) {
      last = undefined
      continue
    }
    const left = (100 * (point.x - x[0])) / (x[1] - x[0])
    const top = 100 - (100 * (point.y - y[0])) / (y[1] - y[0])
    const starts = last === undefined || point.x - last > gap
    // A lone point is drawn as a short stroke.
    path += starts ? `M${left.toFixed(2)} ${top.toFixed(2)}h0.4` : ''
    path += starts ? `M${left.toFixed(2)} ${top.toFixed(2)}` : `L${left.toFixed(2)} ${top.toFixed(2)}`
    last = point.x
  }
  return path
}

/** Returns the point of a line that is nearest to `x`. */
export function nearest(line: Line, x: number): { x: number; y: number | undefined } | undefined {
  return line.points.reduce<{ x: number; y: number | undefined } | undefined>(
    (best, point) => (best === undefined || Math.abs(point.x - x) < Math.abs(best.x - x) ? point : best),
    undefined,
  )
}
