/** One metric of a run, with a value for each step. */
export interface Curve {
  metric: string
  steps: readonly number[]
  values: readonly number[]
}

/** Curves of one measure, such as the loss in training and in validation. */
export interface CurveGroup {
  measure: string
  curves: readonly (Curve & { part: string })[]
}

const PART = /^(train|training|validation|valid|test)-(.+)$/

/** Groups curves by measure, in order of their names: `train-loss` and `validation-loss` are parts of `loss`. */
export function groupCurves(curves: readonly Curve[]): CurveGroup[] {
  const groups = new Map<string, (Curve & { part: string })[]>()
  for (const curve of [...curves].sort((a, b) => a.metric.localeCompare(b.metric))) {
    if (curve.steps.length === 0) continue
    const [, part = curve.metric, measure = curve.metric] = PART.exec(curve.metric) ?? []
    groups.set(measure, [...(groups.get(measure) ?? []), { ...curve, part }])
  }
  // The loss first, since training minimises it.
  return [...groups].map(([measure, of]) => ({ measure, curves: of })).sort((a, b) => Number(isLoss(b.measure)) - Number(isLoss(a.measure)))
}

export const isLoss = (measure: string): boolean => /loss|error|kl/i.test(measure)

/** Ranges of steps and values over all curves of a group; a flat curve has some room above and below. */
export function extent({ curves }: CurveGroup): { steps: [number, number]; values: [number, number] } {
  const steps = curves.flatMap((curve) => curve.steps)
  const values = curves.flatMap((curve) => curve.values).filter(Number.isFinite)
  const [low, high] = [Math.min(...values), Math.max(...values)]
  const room = high > low ? (high - low) * 0.05 : Math.max(0.01, Math.abs(high) * 0.05)
  const [first, last] = [Math.min(...steps), Math.max(...steps)]
  return { steps: [first, last > first ? last : first + 1], values: [low - room, high + room] }
}

/** Returns an SVG path in a square of 100 by 100; values that are no numbers leave gaps. */
export function pathOf({ steps, values }: Curve, range: ReturnType<typeof extent>): string {
  let pen = 'M'
  let path = ''
  steps.forEach((step, i) => {
    const value = values[i]
    if (value === undefined || !Number.isFinite(value)) {
      pen = 'M'
      return
    }
    const x = (100 * (step - range.steps[0])) / (range.steps[1] - range.steps[0])
    const y = 100 - (100 * (value - range.values[0])) / (range.values[1] - range.values[0])
    path += `${pen}${x.toFixed(2)} ${y.toFixed(2)}`
    pen = 'L'
  })
  return path
}

/** Returns the value at a step, or at the last one before it. */
export function valueAt({ steps, values }: Curve, step: number): number | undefined {
  let found: number | undefined
  for (let i = 0; i < steps.length && steps[i]! <= step; i++) found = values[i]
  return found
}

/** Returns the step with the lowest loss, or with the highest value of any other measure. */
export function bestStep({ steps, values }: Curve, measure: string): number {
  const sign = isLoss(measure) ? 1 : -1
  let best = 0
  for (let i = 1; i < values.length; i++) if (sign * values[i]! < sign * values[best]!) best = i
  return steps[best]!
}
