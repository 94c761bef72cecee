import { randomUUID } from 'node:crypto'
import { GraphQLError, type GraphQLSchema } from 'graphql'
import { createYoga, type YogaServerInstance } from 'graphql-yoga'
import type { Logger } from 'pino'
import { TryAgain } from '../data/failures.ts'
import { type Documents, useDocuments } from '../limits/documents.ts'
import type { OperationLimits } from '../limits/limits.ts'
import { useLimits } from '../limits/useLimits.ts'
import type { Metrics } from '../metrics/metrics.ts'
import { useMetrics } from '../metrics/useMetrics.ts'
import { type BaseContext, useExecution } from './execution.ts'

/** Guards: a surprise is told to nobody: the caller learns that it happened and a reference, the log the rest. */

export type Yoga = YogaServerInstance<BaseContext, Record<never, never>>

/** What the one who asked is told of a surprise: that it happened, and a reference that finds it in the log. */
export const maskError = (error: unknown, log: Logger): GraphQLError => {
  const original = error instanceof GraphQLError ? error.originalError : error
  const where = error instanceof GraphQLError ? { nodes: error.nodes, path: error.path } : {}
  if (original instanceof TryAgain)
    return new GraphQLError(original.message, { ...where, extensions: { code: 'TRY_AGAIN', retryAfter: original.retryAfter } })
  // What we say ourselves has a code; what is wrong with the document or its variables has no path. All else is a surprise.
  const ours = !original || original instanceof GraphQLError
  if (error instanceof GraphQLError && ours && (error.path === undefined || typeof error.extensions['code'] === 'string'))
    return error
  if (original instanceof GraphQLError && typeof original.extensions['code'] === 'string') return error as GraphQLError
  const reference = randomUUID()
  log.error({ err: original ?? error, reference, path: where.path }, 'unexpected error')
  return new GraphQLError('Unexpected error', { ...where, extensions: { code: 'INTERNAL_SERVER_ERROR', reference } })
}

/** The GraphQL server behind both doors. */
interface Envelope {
  readonly limits: OperationLimits
  readonly documents: Documents
  readonly metrics: Metrics
  readonly log: Logger
}

export const createGraph = (schema: GraphQLSchema, { limits, documents, metrics, log }: Envelope): Yoga =>
  createYoga<BaseContext>({
    schema,
    // Node's own, so that requests and responses are the ones that Node can stream.
    fetchAPI: {
      fetch,
      Request,
      Response,
      Headers,
      FormData,
      Blob,
      File,
      URL,
      URLSearchParams,
      ReadableStream,
      WritableStream,
      TransformStream,
      TextEncoder,
      TextDecoder,
    },
    graphqlEndpoint: '/graphql',
    landingPage: false,
    graphiql: false,
    batching: false,
    cors: false,
    logging: false,
    multipart: false,
    maskedErrors: { maskError: (error) => maskError(error, log) },
    plugins: [useDocuments(documents), useLimits(limits), useMetrics(metrics), useExecution()],
  })
