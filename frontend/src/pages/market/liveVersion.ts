import type { LanesQuery } from '../../api/generated/graphql'

/** A version that holds a slot, as queried by the market page. */
export type LiveVersion = LanesQuery['models'][number]['versions'][number]
