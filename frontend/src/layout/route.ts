export type PageName = 'start' | 'market' | 'pipelines' | 'models' | 'predictions' | 'news' | 'compare' | 'replay' | 'unknown'

/** Parses an address into a page and a market. */
export function routeOf(path: string, search: URLSearchParams): { page: PageName; symbol: string | undefined } {
  const market = /^\/market\/([^/]+)\/?$/.exec(path)
  if (market) return { page: 'market', symbol: decoded(market[1]!) }
  const page = /^\/(pipelines|models|predictions|news|compare|replay)\/?$/.exec(path)
  if (page) return { page: page[1] as PageName, symbol: search.get('symbol') ?? undefined }
  return { page: path === '/' ? 'start' : 'unknown', symbol: undefined }
}

/** Decodes a path segment; returns it unchanged if it is not validly encoded. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
