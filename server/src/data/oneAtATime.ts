import { Prisma } from '@samsyn/prisma/client'

/**
 * Guards: a failed statement fails its transaction, visibly.
 *
 * Operations issued in one tick inside an interactive transaction travel as one batch, and if one fails the later ones
 * resolve to nothing without an error. So operations of one transaction go one after another. `findUnique`s of one model
 * that arrive together still go together: Prisma makes one statement of them, and they share one fate.
 */
interface Internal {
  readonly __internalParams?: { readonly transaction?: { readonly kind: string; readonly id: string } }
}

interface Turn {
  /** Settles when everything up to and including this turn is done. */
  tail: Promise<unknown>
  /** The model whose findUniques may still join this turn, until it starts. */
  joinable: string | undefined
  readonly start: Promise<unknown>
}

/** The extension; one per client, since it keeps the turns of that client's transactions. */
export const oneAtATime = () => {
  const turns = new Map<string, Turn>()

  const enqueue = (id: string, model: string | undefined): Turn => {
    const last = turns.get(id)
    if (last && model !== undefined && last.joinable === model) return last
    const turn: Turn = {
      joinable: model,
      start: (last?.tail ?? Promise.resolve()).then(() => (turn.joinable = undefined)),
      tail: Promise.resolve(),
    }
    turns.set(id, turn)
    return turn
  }

  return Prisma.defineExtension({
    name: 'one at a time',
    query: {
      async $allOperations(call) {
        const { operation, model, args, query } = call
        const transaction = (call as Internal).__internalParams?.transaction
        if (transaction?.kind !== 'itx') return query(args)
        const unique = operation === 'findUnique' || operation === 'findUniqueOrThrow'
        const turn = enqueue(transaction.id, unique ? `${model}.${operation}` : undefined)
        const mine = turn.start.then(() => query(args))
        const tail = Promise.allSettled([turn.tail, turn.start, mine])
        turn.tail = tail
        try {
          return await mine
        } finally {
          const last = turns.get(transaction.id)
          if (last === turn && turn.tail === tail) turns.delete(transaction.id)
        }
      },
    },
  })
}
