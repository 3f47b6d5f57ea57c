import { Kind } from 'graphql'
import { type Exchange, makeOperation, type Operation } from 'urql'
import { filter, map, pipe } from 'wonka'
import { AS_OF } from './address'

/**
 * Asks every query that takes a moment as of this one. Subscriptions are silent, because nothing new happens in the past; mutations pass, and the page
 * offers none. Results carry the variables that the page gave.
 */
export const asOf =
  (moment: string): Exchange =>
  ({ forward }) =>
  (operations) => {
    const asked = new Map<number, Operation>()
    return pipe(
      operations,
      filter(({ kind }) => kind !== 'subscription'),
      map((operation) => {
        if (operation.kind === 'teardown') asked.delete(operation.key)
        if (operation.kind !== 'query' || !takesMoment(operation)) return operation
        asked.set(operation.key, operation)
        const variables = { ...operation.variables, asOf: moment }
        return makeOperation(operation.kind, { ...operation, variables }, operation.context)
      }),
      forward,
      map((result) => ({ ...result, operation: asked.get(result.operation.key) ?? result.operation })),
    )
  }

/** Returns whether the query has the variable; what runs now, such as outages, has no past. */
const takesMoment = ({ query }: Operation): boolean =>
  query.definitions.some(
    (definition) =>
      definition.kind === Kind.OPERATION_DEFINITION &&
      definition.variableDefinitions?.some(({ variable }) => variable.name.value === AS_OF),
  )
