import type PrismaTypes from '@samsyn/prisma/pothos'
import { getDatamodel } from '@samsyn/prisma/pothos'
import SchemaBuilder from '@pothos/core'
import ErrorsPlugin from '@pothos/plugin-errors'
import PrismaPlugin from '@pothos/plugin-prisma'
import RelayPlugin from '@pothos/plugin-relay'
import ScopeAuthPlugin from '@pothos/plugin-scope-auth'
import { GraphQLError } from 'graphql'
import { isSeated } from '../access/viewer.ts'
import type { Context } from './context.ts'
import { toGlobalId } from './globalId.ts'

/**
 * Guards: no page holds more than a hundred, a type's own scopes are asked whichever field leads to it, and
 * resolvers read in their execution's transaction.
 */

/** A page never holds more than this, whatever is asked for. */
export const MOST_PER_PAGE = 100
/** And this many when nothing is said. */
export const USUAL_PER_PAGE = 25

export const builder = new SchemaBuilder<{
  Context: Context
  PrismaTypes: PrismaTypes
  DefaultFieldNullability: false
  DefaultEdgesNullability: false
  DefaultNodeNullability: false
  AuthScopes: { seated: boolean; person: boolean }
  Scalars: {
    ID: { Input: string; Output: string }
    Date: { Input: string; Output: Date }
    DateTime: { Input: Date; Output: Date }
    Cursor: { Input: string; Output: string }
  }
}>({
  plugins: [ErrorsPlugin, ScopeAuthPlugin, PrismaPlugin, RelayPlugin],
  defaultFieldNullability: false,
  errors: {
    directResult: true,
    defaultUnionOptions: {
      name: ({ fieldName }) => `${fieldName.charAt(0).toUpperCase()}${fieldName.slice(1)}Result`,
      description: 'What was done, as it now stands, or the one reason why nothing was saved.',
    },
  },
  scopeAuth: {
    authScopes: ({ viewer }) => ({ seated: viewer !== undefined, person: isSeated(viewer) }),
    unauthorizedError: (_parent, { program }) =>
      program
        ? new GraphQLError('A key is no person and has no inbox', { extensions: { code: 'NO_PERSON' } })
        : new GraphQLError('Sign in, and name a collaboration in which you have a seat', {
            extensions: { code: 'UNAUTHENTICATED' },
          }),
    runScopesOnType: true,
    treatErrorsAsUnauthorized: false,
  },
  prisma: {
    client: (context) => context.transaction as never,
    dmmf: getDatamodel(),
    exposeDescriptions: true,
    filterConnectionTotalCount: true,
    maxConnectionSize: MOST_PER_PAGE,
    defaultConnectionSize: USUAL_PER_PAGE,
    onUnusedQuery: process.env['NODE_ENV'] === 'production' ? null : 'warn',
  },
  relay: {
    nodesOnConnection: true,
    edgesFieldOptions: { nullable: false },
    nodeFieldOptions: { nullable: false },
    nodeTypeOptions: { description: 'Whatever has a global id and can be asked for by it alone.' },
    idFieldOptions: { description: 'Global id: names the type and the row, the same for every reader and for ever.' },
    nodeQueryOptions: {
      description: 'What a global id names; null where there is nothing that the viewer may know of.',
      args: { id: { description: 'As given by the `id` of any object before.' } },
    },
    nodesQueryOptions: {
      description: 'What global ids name, in their order; null where there is nothing that the viewer may know of.',
      args: { ids: { description: 'As given by the `id` of any objects before.' } },
    },
    encodeGlobalID: (type, id) => toGlobalId(type, String(id)),
  },
})
