import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  validate,
} from 'graphql'
import { costOf } from '../limits/cost.ts'
import { type OperationLimits, refuse } from '../limits/limits.ts'
import { checkShape } from '../limits/shape.ts'
import { parseWithin } from '../limits/useLimits.ts'

/**
 * Guards: what a webhook asks is a subscription that a follower might have sent, within the same bounds as at the doors.
 *
 * It is the receiver's own, and is executed once for each entry: what it is answered is what is sent.
 */
export const readDocument = (schema: GraphQLSchema, text: string, limits: OperationLimits): DocumentNode => {
  const document = parseWithin(text, undefined, limits.tokens)
  checkShape(document, limits)
  const [wrong] = validate(schema, document)
  if (wrong) throw wrong
  const operations = document.definitions.filter((one): one is OperationDefinitionNode => one.kind === Kind.OPERATION_DEFINITION)
  const [operation] = operations
  if (!operation || operations.length > 1) throw new GraphQLError('There must be one operation')
  if (operation.operation !== OperationTypeNode.SUBSCRIPTION)
    throw new GraphQLError('It must be a subscription, to `changes`', { nodes: operation })
  if (operation.variableDefinitions?.length)
    throw new GraphQLError('There are no variables: nobody is there to say what they are', { nodes: operation })
  const cost = costOf({ schema, document, operationName: undefined, variables: undefined })
  if (cost > limits.cost) throw refuse('TOO_EXPENSIVE', 'The operation costs too much', { requested: cost, limit: limits.cost })
  return document
}

/** What is wrong with it, in words for developers; undefined when nothing is. */
export const wrongWith = (schema: GraphQLSchema, text: string, limits: OperationLimits): string | undefined => {
  try {
    readDocument(schema, text, limits)
    return undefined
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error
    const [at] = error.locations ?? []
    return at ? `${error.message} (${at.line}:${at.column})` : error.message
  }
}
