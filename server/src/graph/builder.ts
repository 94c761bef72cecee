import type PrismaTypes from '@samsyn/prisma/pothos'
import { getDatamodel } from '@samsyn/prisma/pothos'
import SchemaBuilder from '@pothos/core'
import ErrorsPlugin from '@pothos/plugin-errors'
import PrismaPlugin from '@pothos/plugin-prisma'
import RelayPlugin from '@pothos/plugin-relay'
import ScopeAuthPlugin from '@pothos/plugin-scope-auth'
import { GraphQLError } from 'graphql'
import type { Context } from './context.ts'
import { toGlobalId } from './globalId.ts'

/** A page never holds more than this, whatever is asked for. */
export const MOST_PER_PAGE = 100

export const builder = new SchemaBuilder<{
  Context: Context
  PrismaTypes: PrismaTypes
  DefaultFieldNullability: false
  DefaultEdgesNullability: false
  DefaultNodeNullability: false
  AuthScopes: { seated: boolean }
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
    defaultUnionOptions: { name: ({ fieldName }) => `${fieldName.charAt(0).toUpperCase()}${fieldName.slice(1)}Result` },
  },
  scopeAuth: {
    authScopes: (context) => ({ seated: context.viewer !== undefined }),
    unauthorizedError: () =>
      new GraphQLError('Sign in, and name a collaboration in which you have a seat', { extensions: { code: 'UNAUTHENTICATED' } }),
    runScopesOnType: true,
    treatErrorsAsUnauthorized: false,
  },
  prisma: {
    client: (context) => context.transaction as never,
    dmmf: getDatamodel(),
    exposeDescriptions: true,
    filterConnectionTotalCount: true,
    maxConnectionSize: MOST_PER_PAGE,
    defaultConnectionSize: 25,
    onUnusedQuery: process.env['NODE_ENV'] === 'production' ? null : 'warn',
  },
  relay: {
    nodesOnConnection: true,
    edgesFieldOptions: { nullable: false },
    nodeFieldOptions: { nullable: false },
    encodeGlobalID: (type, id) => toGlobalId(type, String(id)),
  },
})
