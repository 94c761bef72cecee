import { type ExecutionResult, getOperationAST } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import type { BaseContext } from '../graph/execution.ts'
import type { Metrics } from './metrics.ts'

/** Measures what is executed, in the envelope that both doors share. */
export const useMetrics = (metrics: Metrics): Plugin<BaseContext> => ({
  onExecute: ({ args }) => {
    const began = performance.now()
    const kind = getOperationAST(args.document, args.operationName)?.operation ?? 'query'
    return {
      onExecuteDone: ({ result }) => metrics.operation(kind, outcomeOf(result), performance.now() - began),
    }
  },
  onSubscribe: () => {
    const began = performance.now()
    return { onSubscribeResult: ({ result }) => metrics.operation('subscription', outcomeOf(result), performance.now() - began) }
  },
})

const outcomeOf = (result: unknown): string => {
  const [first] = (result as ExecutionResult).errors ?? []
  if (!first) return 'ok'
  // Codes are ours and few; what is not ours is a surprise.
  const code = first.extensions['code']
  return typeof code === 'string' ? code : 'INTERNAL_SERVER_ERROR'
}
