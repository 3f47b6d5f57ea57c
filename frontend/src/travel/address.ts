/** Query parameter that turns the page back: market time, ISO 8601. */
export const AS_OF = 'asOf'

/** Returns the moment in a query string, in epoch seconds; undefined for now. */
export function momentOf(search: URLSearchParams): number | undefined {
  const time = Date.parse(search.get(AS_OF) ?? '')
  return Number.isNaN(time) ? undefined : Math.floor(time / 1000)
}

/** Returns an address of a page with a moment, unless it has one. Other addresses are returned unchanged. */
export function withMoment(address: string, moment: string | null): string {
  if (moment === null || !address.startsWith('/')) return address
  const [path = '', query = ''] = address.split('?', 2)
  const search = new URLSearchParams(query)
  if (!search.has(AS_OF)) search.set(AS_OF, moment)
  return `${path}?${search}`
}
