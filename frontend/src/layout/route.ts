export type PageName = 'start' | 'market' | 'models' | 'predictions' | 'news' | 'unknown'

/** Which page an address names, and about which market. */
export function placeOf(path: string, search: URLSearchParams): { page: PageName; symbol: string | undefined } {
  const market = /^\/market\/([^/]+)\/?$/.exec(path)
  if (market) return { page: 'market', symbol: decoded(market[1]!) }
  const page = /^\/(models|predictions|news)\/?$/.exec(path)
  if (page) return { page: page[1] as PageName, symbol: search.get('symbol') ?? undefined }
  return { page: path === '/' ? 'start' : 'unknown', symbol: undefined }
}

/** As it stands if its escapes are none. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
