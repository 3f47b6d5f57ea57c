/** Cursors after which the pages visited so far begin; the first page has none. */
export type Pages = readonly (string | null)[]

export const FIRST: Pages = [null]

export const turnOn = (pages: Pages, endCursor: string | null | undefined): Pages =>
  endCursor ? [...pages, endCursor] : pages

export const turnBack = (pages: Pages): Pages => (pages.length > 1 ? pages.slice(0, -1) : pages)

export const cursorOf = (pages: Pages): string | null => pages[pages.length - 1] ?? null
