import type { ExecutionResult } from 'graphql'
import type { Release } from '../journal/bounds.ts'
import type { Wire } from '../journal/group.ts'

/**
 * Guards: a subscription that has ended is not counted, whoever ended it.
 *
 * It may end by itself, by a failure, by whoever asked for it, before anything of it was asked for, or with its socket. graphql-ws
 * ends what it knows of when a socket closes, and of two operations with one id that came at once it knows the second only; a
 * generator that waits is ended when it has waited. Neither is left to chance: the count falls when the end is asked for.
 */
export const lasting = (
  events: AsyncIterator<ExecutionResult, void, void>,
  wire: Wire | undefined,
  release: Release,
): AsyncIterableIterator<ExecutionResult, void, void> => {
  const over = () => {
    wire?.endings.delete(close)
    release()
  }
  const stop = async (): Promise<IteratorReturnResult<void>> => {
    over()
    await events.return?.()
    return { value: undefined, done: true }
  }
  const close = () => void stop()
  wire?.endings.add(close)
  const iterator: AsyncIterableIterator<ExecutionResult, void, void> = {
    next: async () => {
      try {
        const result = await events.next()
        if (result.done) over()
        return result
      } catch (error) {
        over()
        throw error
      }
    },
    return: stop,
    throw: stop,
    [Symbol.asyncIterator]: () => iterator,
  }
  return iterator
}
