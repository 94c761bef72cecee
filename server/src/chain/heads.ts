import type { KeyObject } from 'node:crypto'
import type { Logger } from 'pino'
import type { Database } from '../data/database.ts'
import { type Head, openSigningKey, signHead } from './head.ts'

/** How often one looks whether a day has begun whose heads nobody has signed. */
const LOOK_MS = 10 * 60_000

interface Unsigned {
  readonly stream_id: string
  readonly epoch: number
  readonly seq: string
  readonly hash: Buffer
}

/**
 * Guards: once a day, in UTC, how far each party's stream has come is signed and kept where the party can fetch it.
 *
 * Any number of servers may do it: of one stream and day the first head stands. A day on which nothing was told has none.
 */
export class HeadSigner {
  readonly #database: Database
  readonly #keyFile: string
  readonly #log: Logger
  #key: KeyObject | undefined
  #timer: NodeJS.Timeout | undefined
  #signing: Promise<void> = Promise.resolve()

  constructor(database: Database, keyFile: string, log: Logger) {
    this.#database = database
    this.#keyFile = keyFile
    this.#log = log
  }

  start(): void {
    const look = () => {
      this.#signing = this.sign().catch((error: unknown) => this.#log.warn({ err: error }, 'the heads could not be signed'))
    }
    look()
    this.#timer = setInterval(look, LOOK_MS)
    this.#timer.unref()
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer)
    await this.#signing
  }

  /** Signs what today has not been signed yet. */
  async sign(): Promise<void> {
    const unsigned = await this.#database.ask<Unsigned>('select stream_id, epoch, seq, hash from heads_unsigned()')
    if (unsigned.length === 0) return
    this.#key ??= await openSigningKey(this.#keyFile)
    for (const { stream_id: stream, epoch, seq, hash } of unsigned) {
      const head: Head = { stream, epoch, seq, hash: hash.toString('hex'), at: new Date().toISOString() }
      const { key, signature } = signHead(head, this.#key)
      await this.#database.ask('select head_keep($1, $2, $3, $4, $5, $6, $7)', [
        stream,
        epoch,
        seq,
        hash,
        head.at,
        key,
        signature,
      ])
    }
  }
}
