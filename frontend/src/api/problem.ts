import type { CombinedError } from 'urql'

/** Refusals that a later attempt may not meet. */
const PASSING: readonly unknown[] = ['UNAVAILABLE', 'INTERNAL']

/** Whether asking the same again may help: the server was not reached, or had a fault of its own. */
export function passes({ networkError, graphQLErrors }: CombinedError): boolean {
  return networkError !== undefined || graphQLErrors.some(({ extensions }) => PASSING.includes(extensions?.['code']))
}

/** What went wrong, in the server's own words where it had any. */
export function problemOf(error: CombinedError): { title: string; message: string; code?: string } {
  const first = error.graphQLErrors[0]
  if (first) {
    const code = first.extensions?.['code'] ?? first.extensions?.['classification']
    const message = error.graphQLErrors.map((e) => e.message).join(' ')
    return { title: 'The server refused', message, ...(typeof code === 'string' ? { code } : {}) }
  }
  const status = (error.response as Response | undefined)?.status
  if (status && status >= 400) {
    return { title: `The server answered with ${status}`, message: error.networkError?.message ?? 'No reason was given.' }
  }
  return {
    title: 'The server cannot be reached',
    message: `${error.networkError?.message ?? error.message}. The page tries again by itself.`,
  }
}
