/**
 * What another system needs to follow along with a Samsyn hub over GraphQL: its schema as types, questions that are asked until they are
 * answered, and `follow`, which misses nothing and repeats nothing.
 */
export { follow, type Change, type Following, type Told } from './follow.ts'
export { graphql, type FragmentOf, type ResultOf, type VariablesOf } from './graphql.ts'
export { Hub, type Address, type Document } from './hub.ts'
export type { Patience } from './patience.ts'
export { Refused, Unreached } from './refused.ts'
