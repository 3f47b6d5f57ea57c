/** Why a run failed. */
export interface Failure {
  fault: string
  /** Last lines of the worker's log, if it left any. */
  log: readonly string[]
  /** What to do about it; part of `fault` unless there is a log. */
  remedy?: string
}

const MARK = '; its log ends: '

/** Takes a reason apart that quotes the end of a worker's log: fault, log lines parted by ` / `, and a remedy in one sentence. */
export function failureOf(reason: string): Failure {
  const at = reason.indexOf(MARK)
  if (at < 0) return { fault: reason, log: [] }
  const fault = `${reason.slice(0, at)}.`
  const [, log = '', remedy] = /^(.*)[.!?] (?=[A-Z])(.*)$/s.exec(reason.slice(at + MARK.length)) ?? [undefined, reason.slice(at + MARK.length)]
  return { fault, log: log.split(' / '), ...(remedy ? { remedy } : {}) }
}

/** Returns the reason of a failure without the log that it quotes. */
export function withoutLog(reason: string): string {
  const { fault, remedy } = failureOf(reason)
  return remedy ? `${fault} ${remedy}` : fault
}
