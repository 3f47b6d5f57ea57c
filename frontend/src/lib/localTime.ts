/** What `<input type="datetime-local">` holds, read and written as UTC: the page speaks UTC everywhere. */
export const toInput = (seconds: number): string => new Date(seconds * 1000).toISOString().slice(0, 16)

/** Epoch seconds, or undefined of what is no time. */
export function fromInput(text: string): number | undefined {
  const time = text ? Date.parse(`${text}Z`) : Number.NaN
  return Number.isNaN(time) ? undefined : Math.floor(time / 1000)
}
