// Guards: what was read before a place in the journal was lost is not shown as current by a page that is opened after it.
//
// A page that is open asks anew by itself. One that was left is in the cache as it was, and nothing says what happened to it
// meanwhile: opened again, it is shown as it was and asked for at once.
import { makeOperation, mapExchange, type Exchange } from '@urql/core'

export class Anew {
  #turn = 0
  readonly #asked = new Map<number, number>()

  /** From here on nothing that was read before is trusted unasked. */
  begin() {
    this.#turn++
  }

  readonly exchange: Exchange = mapExchange({
    onOperation: (operation) => {
      const { kind, key, context } = operation
      if (kind !== 'query' || context.requestPolicy === 'cache-only' || (this.#asked.get(key) ?? 0) === this.#turn)
        return operation
      this.#asked.set(key, this.#turn)
      const policy = context.requestPolicy === 'cache-first' ? 'cache-and-network' : context.requestPolicy
      return makeOperation(kind, operation, { ...context, requestPolicy: policy })
    },
  })
}
