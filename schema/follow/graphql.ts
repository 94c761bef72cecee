import { initGraphQLTada } from 'gql.tada'
import type { introspection } from './generated/graphql-env.d.ts'

/** Documents whose answers and variables are typed by the hub's schema, as it was when this package was packed. */
export const graphql = initGraphQLTada<{
  introspection: introspection
  disableMasking: true
  scalars: { ID: string; Date: string; DateTime: string; Cursor: string }
}>()

export type { FragmentOf, ResultOf, VariablesOf } from 'gql.tada'
