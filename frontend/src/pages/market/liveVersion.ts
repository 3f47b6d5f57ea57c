import type { LanesQuery } from '../../api/generated/graphql'

/** A version that holds a slot, as the market page asks for it. */
export type LiveVersion = LanesQuery['models'][number]['versions'][number]
