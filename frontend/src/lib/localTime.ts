/** Formats epoch seconds for `<input type="datetime-local">`, in UTC like all times on the page. */
export const toInput = (seconds: number): string => new Date(seconds * 1000).toISOString().slice(0, 16)

/** Parses the value of such an input to epoch seconds; undefined if it is not a time. */
export function fromInput(text: string): number | undefined {
  const time = text ? Date.parse(`${text}Z`) : Number.NaN
  return Number.isNaN(time) ? undefined : Math.floor(time / 1000)
}
