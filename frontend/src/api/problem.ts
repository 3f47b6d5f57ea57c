import type { CombinedError } from 'urql'

/** Error codes of transient failures. */
const PASSING: readonly unknown[] = ['UNAVAILABLE', 'INTERNAL']

/** Returns whether a retry may succeed: the server was not reached, or failed internally. */
export function passes({ networkError, graphQLErrors }: CombinedError): boolean {
  return networkError !== undefined || graphQLErrors.some(({ extensions }) => PASSING.includes(extensions?.['code']))
}

/** Describes an error, in the server's words if it sent any. */
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
    message: `${error.networkError?.message ?? error.message}. The page retries by itself.`,
  }
}
