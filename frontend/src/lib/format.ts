const UTC = 'UTC'
const NONE = '–'

const dateTime = new Intl.DateTimeFormat('en-GB', {
  timeZone: UTC,
  day: '2-digit',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
})
const dateOnly = new Intl.DateTimeFormat('en-GB', { timeZone: UTC, day: '2-digit', month: 'short', year: 'numeric' })
const timeOnly = new Intl.DateTimeFormat('en-GB', { timeZone: UTC, hour: '2-digit', minute: '2-digit' })
const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 })
const compact = new Intl.NumberFormat('en-US', { notation: 'compact', maximumFractionDigits: 1 })

export const formatDateTime = (instant: string | number): string => dateTime.format(toDate(instant)).replace(',', '')
export const formatDate = (instant: string | number): string => dateOnly.format(toDate(instant))
export const formatTime = (instant: string | number): string => timeOnly.format(toDate(instant))
export const formatCount = (count: number): string => whole.format(count)
export const formatCompact = (count: number): string => compact.format(count)

/** Numbers are epoch seconds, as in charts. */
function toDate(instant: string | number): Date {
  return typeof instant === 'number' ? new Date(instant * 1000) : new Date(instant)
}

/** Returns the number of decimals for a price: enough for five significant digits, at least two. */
export function priceDecimals(price: number): number {
  if (!(Math.abs(price) > 0)) return 2
  return Math.min(8, Math.max(2, 4 - Math.floor(Math.log10(Math.abs(price)))))
}

export function formatPrice(price: number, decimals = priceDecimals(price)): string {
  return price.toLocaleString('en-US', { minimumFractionDigits: decimals, maximumFractionDigits: decimals })
}

/** Formats a fraction as a percentage: 0.0123 is 1.23 %. */
export function formatPercent(fraction: number | null | undefined, decimals = 1): string {
  return fraction == null || !Number.isFinite(fraction) ? NONE : `${(fraction * 100).toFixed(decimals)} %`
}

/** Like {@link formatPercent}, always with a sign and with a typographic minus. */
export function formatSigned(fraction: number | null | undefined, decimals = 2): string {
  if (fraction == null || !Number.isFinite(fraction)) return NONE
  const text = Math.abs(fraction * 100).toFixed(decimals)
  const zero = Number(text) === 0
  return `${zero ? '±' : fraction > 0 ? '+' : '−'}${text} %`
}

export function formatNumber(value: number | null | undefined, decimals = 3): string {
  return value == null || !Number.isFinite(value) ? NONE : value.toFixed(decimals).replace('-', '−')
}

export function formatBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`
  if (bytes < 1024 ** 2) return `${(bytes / 1024).toFixed(1)} KiB`
  return `${(bytes / 1024 ** 2).toFixed(1)} MiB`
}

/** Formats a duration: 90 is "1 min 30 s", 86400 is "1 d". */
export function formatDuration(seconds: number): string {
  const parts: string[] = []
  let rest = Math.round(seconds)
  for (const [name, size] of [
    ['d', 86_400],
    ['h', 3_600],
    ['min', 60],
    ['s', 1],
  ] as const) {
    const n = Math.floor(rest / size)
    rest -= n * size
    if (n > 0) parts.push(`${n} ${name}`)
    if (parts.length === 2) break
  }
  return parts.join(' ') || '0 s'
}

/** Splits a version id such as `lightgbm:BTCUSDT:3`. */
export function versionParts(id: string): { family: string; symbol: string; number: string } {
  const [family = '', symbol = '', number = ''] = id.split(':')
  return { family, symbol, number }
}

/** Capitalises the first letter: the server's reasons are parts of sentences. */
export const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
