import { type DocumentNode, GraphQLError, Kind, type ParseOptions, parse, type Source } from 'graphql'
import type { GraphQLParams, Plugin } from 'graphql-yoga'
import type { BaseContext } from '../graph/execution.ts'
import { costOf } from './cost.ts'
import { type OperationLimits, refuse, refuseForNow } from './limits.ts'
import { checkShape } from './shape.ts'

/**
 * Guards: no operation is executed, through either door, that is larger, deeper or dearer than it may be, or more than its caller may ask.
 *
 * In Yoga's envelope, which HTTP and WebSocket share: what is refused here is refused with the same error by both. A request that says
 * `extensions: { cost: true }` is told in `extensions` what it cost and what is left.
 */
export const useLimits = (limits: OperationLimits): Plugin<BaseContext> => ({
  onParse: ({ setParseFn }) => {
    setParseFn((source: string | Source, options?: ParseOptions) => parseWithin(source, options, limits.tokens))
    return ({ result }) => {
      if (isDocument(result)) checkShape(result, limits)
    }
  },
  // Thrown and not given as what validation found: that is remembered for the document, and this depends on its variables and on who asks.
  onValidate: ({ params: { schema, documentAST: document }, context }) => {
    return ({ valid, extendContext }) => {
      if (!valid) return
      const { params, allowance, counted } = context as BaseContext & { params: GraphQLParams }
      const { operationName, variables, extensions } = params
      const cost = costOf({ schema, document, operationName, variables })
      if (cost > limits.cost)
        throw refuse('TOO_EXPENSIVE', 'The operation costs too much', { requested: cost, limit: limits.cost })
      const grant = allowance.take(counted, cost)
      const rateLimit = allowance.standing(counted)
      if (!grant.granted) throw refuseForNow({ requested: cost, ...rateLimit }, grant.retryAfter)
      // Only for whoever asks: what is told to many is told in the same bytes.
      if (extensions?.['cost'] === true) extendContext({ price: { cost: { requested: cost, limit: limits.cost }, rateLimit } })
    }
  },
})

export const parseWithin = (source: string | Source, options: ParseOptions | undefined, most: number): DocumentNode => {
  try {
    return parse(source, { ...options, maxTokens: most })
  } catch (error) {
    // GraphQL stops at the first that is too many, and has no code for it.
    if (error instanceof GraphQLError && /more tha[nt] \d+ tokens/.test(error.message))
      throw refuse('TOO_MANY_TOKENS', 'Too many words and signs', { requested: most + 1, limit: most })
    throw error
  }
}

const isDocument = (result: unknown): result is DocumentNode =>
  typeof result === 'object' && result !== null && 'kind' in result && result.kind === Kind.DOCUMENT
