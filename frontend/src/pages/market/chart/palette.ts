/** Colours of the chart, read from the theme, since a canvas does not support custom properties. */
export interface Palette {
  text: string
  muted: string
  grid: string
  line: string
  panel: string
  up: string
  down: string
  hold: string
  upSoft: string
  downSoft: string
  accent: string
  fast: string
  slow: string
  gapOpen: string
  gapRepaired: string
  gapConfirmed: string
}

export function readPalette(element: Element = document.documentElement): Palette {
  const style = getComputedStyle(element)
  const of = (name: string) => style.getPropertyValue(`--${name}`).trim()
  return {
    text: of('text'),
    muted: of('muted'),
    grid: of('chart-grid'),
    line: of('line'),
    panel: of('panel'),
    up: of('buy'),
    down: of('sell'),
    hold: of('hold'),
    upSoft: of('buy-soft'),
    downSoft: of('sell-soft'),
    accent: of('accent'),
    fast: of('ema-fast'),
    slow: of('ema-slow'),
    gapOpen: of('warn'),
    gapRepaired: of('accent'),
    gapConfirmed: of('hold'),
  }
}
