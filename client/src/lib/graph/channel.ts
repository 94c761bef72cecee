// Guards: a change enters the cache between two answers, never in the middle of one.
//
// The way changes take into the cache: as results of one subscription that never touches the network itself. Whatever brings
// batches (socket, poll, a test) puts them in here, and the cache sees them between two answers, never in the middle of one.
import { makeResult, type Exchange, type Operation, type OperationResult } from '@urql/core'
import { filter, makeSubject, merge, pipe, share, tap } from 'wonka'
import type { ChangesResult, PersonalResult } from './changes.ts'

export class Channel {
  readonly #operations = new Map<number, Operation>()
  readonly #results = makeSubject<OperationResult>()
  readonly #inFlight = new Set<number>()
  readonly #idle = new Set<() => void>()

  /** True while an answer is on its way: its snapshot may be older than what arrives meanwhile. */
  get busy() {
    return this.#inFlight.size > 0
  }

  /** Calls back when nothing is in flight any more and the cache has taken the last answer. */
  whenIdle(run: () => void) {
    this.#idle.add(run)
    return () => this.#idle.delete(run)
  }

  /** As what the operation with that key is answered, if it is open. */
  push(key: number, changes: ChangesResult | PersonalResult) {
    const operation = this.#operations.get(key)
    if (operation) this.#results.next(makeResult(operation, { data: { changes }, hasNext: true }))
  }

  #settle(key: number) {
    if (this.#inFlight.delete(key) && !this.busy) queueMicrotask(() => this.busy || this.#idle.forEach((run) => run()))
  }

  readonly exchange: Exchange =
    ({ forward }) =>
    (operations) => {
      const shared = pipe(
        operations,
        tap((operation) => {
          if (operation.kind === 'subscription') this.#operations.set(operation.key, operation)
          else if (operation.kind === 'teardown') this.#settle(operation.key)
          else this.#inFlight.add(operation.key)
        }),
        filter((operation) => operation.kind !== 'subscription'),
        share,
      )
      const answers = pipe(
        forward(shared),
        tap(({ operation }) => this.#settle(operation.key)),
      )
      return merge([answers, this.#results.source])
    }
}
