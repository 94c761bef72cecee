import { initGraphQLTada } from 'gql.tada'
import type { introspection } from './generated/graphql-env.d.ts'

/** Documents typed by the schema. No masking: our fragments name what a thing is, not who may look at it. */
export const graphql = initGraphQLTada<{
  introspection: introspection
  disableMasking: true
  scalars: { ID: string; Date: string; DateTime: string; Cursor: string }
}>()

export type { FragmentOf, ResultOf, VariablesOf } from 'gql.tada'
