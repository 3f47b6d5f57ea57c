/** Sets a part of an address, or takes it away. */
export function setParam(params: URLSearchParams, name: string, value: string | number | undefined): void {
  if (value === undefined) params.delete(name)
  else params.set(name, String(value))
}

/** Epoch seconds from an ISO time of an address. */
export function timeParam(params: URLSearchParams, name: string): number | undefined {
  const time = Date.parse(params.get(name) ?? '')
  return Number.isNaN(time) ? undefined : Math.floor(time / 1000)
}
