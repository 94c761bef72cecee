import type { Actor } from '../access/viewer.ts'
import type { Database, Transaction } from '../data/database.ts'

/**
 * Guards: a mutation's answer is read after its commit, and nothing is read while it acts.
 *
 * A read transaction that is opened and closed by hand, for reading a mutation's answer after its commit.
 *
 * `transaction` is one object for the life of the mutation, since Pothos keeps its client per context; behind it stands
 * whatever transaction is open. Closed, it refuses: nothing holds a connection while it waits for another.
 */
export class Reading {
  readonly #database: Database
  readonly #viewer: Actor | undefined
  readonly transaction: Transaction
  #current: Transaction | undefined
  #release: (() => void) | undefined
  #ended: Promise<void> = Promise.resolve()

  constructor(database: Database, viewer: Actor | undefined) {
    this.#database = database
    this.#viewer = viewer
    this.transaction = new Proxy({} as Transaction, {
      has: (_target, property) => this.#current !== undefined && property in this.#current,
      get: (_target, property) => {
        if (!this.#current) throw new Error('nothing may be read while a mutation acts')
        const value: unknown = Reflect.get(this.#current, property)
        return typeof value === 'function' ? value.bind(this.#current) : value
      },
    })
  }

  async open(): Promise<void> {
    await this.close()
    const opened = Promise.withResolvers<void>()
    const released = Promise.withResolvers<void>()
    this.#release = released.resolve
    this.#ended = this.#database.read(this.#viewer, (transaction) => {
      this.#current = transaction
      opened.resolve()
      return released.promise
    })
    this.#ended.catch(opened.reject)
    await opened.promise
  }

  async close(): Promise<void> {
    this.#current = undefined
    this.#release?.()
    this.#release = undefined
    const ended = this.#ended
    this.#ended = Promise.resolve()
    // Nothing hangs on how a reading ends: what could not be read, whoever read it was told.
    await ended.catch(() => undefined)
  }
}
