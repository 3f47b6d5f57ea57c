/** Sets a query parameter, or deletes it if the value is undefined. */
export function setParam(params: URLSearchParams, name: string, value: string | number | undefined): void {
  if (value === undefined) params.delete(name)
  else params.set(name, String(value))
}

/** Reads an ISO time from a query parameter, in epoch seconds. */
export function timeParam(params: URLSearchParams, name: string): number | undefined {
  const time = Date.parse(params.get(name) ?? '')
  return Number.isNaN(time) ? undefined : Math.floor(time / 1000)
}
