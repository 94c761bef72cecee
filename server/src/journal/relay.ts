import type { Logger } from 'pino'
import type { Database } from '../data/database.ts'
import type { Doorbell } from './doorbell.ts'

/**
 * Guards: whoever follows a stream is woken by every entry, at the latest with the next poll, and nothing is buffered for
 * a follower who is slow: it is told how far the stream has come and reads the journal when it is ready.
 *
 * One listener per server. On a ring, and every two seconds regardless, the heads of all streams with followers here are
 * read in one query.
 */
const POLL_MS = 2_000

interface Head {
  readonly epoch: number
  readonly seq: bigint
}

interface StreamRow {
  readonly stream_id: string
  readonly epoch: number
  /** Of 64 bits, so written out. */
  readonly seq: string
}

export class Relay {
  readonly #database: Database
  readonly #log: Logger
  readonly #poll: NodeJS.Timeout
  readonly #heads = new Map<string, Head>()
  readonly #followers = new Map<string, Set<Follower>>()
  readonly #listeners = new Set<() => void>()
  #stopped = false
  #reading = false
  #rungWhileReading = false

  constructor(database: Database, doorbell: Doorbell, log: Logger) {
    this.#database = database
    this.#log = log
    doorbell.listen(() => this.#ring())
    this.#poll = setInterval(() => void this.#read(), POLL_MS)
    this.#poll.unref()
  }

  /** Follows the stream until released; calls when it has come further. */
  follow(streamId: string, onWake?: () => void): Follower {
    const follower = new Follower(
      () => this.#heads.get(streamId),
      () => this.#leave(streamId, follower),
      onWake,
    )
    const followers = this.#followers.get(streamId) ?? new Set()
    this.#followers.set(streamId, followers.add(follower))
    return follower
  }

  /** Calls on every ring, for other readers of the journal, until the returned function is called. */
  onRing(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  stop(): void {
    clearInterval(this.#poll)
    this.#stopped = true
    for (const followers of this.#followers.values()) for (const follower of followers) follower.release()
  }

  #leave(streamId: string, follower: Follower): void {
    const followers = this.#followers.get(streamId)
    followers?.delete(follower)
    if (followers?.size !== 0) return
    this.#followers.delete(streamId)
    this.#heads.delete(streamId)
  }

  #ring(): void {
    if (this.#stopped) return
    void this.#read()
    for (const listener of this.#listeners) listener()
  }

  async #read(): Promise<void> {
    if (this.#reading) {
      this.#rungWhileReading = true
      return
    }
    this.#reading = true
    try {
      do {
        this.#rungWhileReading = false
        const streams = [...this.#followers.keys()]
        if (streams.length === 0) return
        const rows = await this.#database.ask<StreamRow>('select stream_id, epoch, seq from stream_heads($1::uuid[])', [streams])
        for (const { stream_id: streamId, epoch, seq } of rows) this.#advance(streamId, { epoch, seq: BigInt(seq) })
      } while (this.#rungWhileReading)
    } catch (error) {
      if (!this.#stopped) this.#log.warn({ err: error }, 'the relay could not read the heads')
    } finally {
      this.#reading = false
    }
  }

  #advance(streamId: string, head: Head): void {
    const known = this.#heads.get(streamId)
    const followers = this.#followers.get(streamId)
    if (!followers || (known && known.epoch === head.epoch && known.seq === head.seq)) return
    this.#heads.set(streamId, head)
    for (const follower of followers) follower.wake()
  }
}

/** One who waits for a stream to come further. */
export class Follower {
  readonly #head: () => Head | undefined
  readonly #leave: () => void
  readonly #onWake: (() => void) | undefined
  #released = false
  #wake: (() => void) | undefined

  constructor(head: () => Head | undefined, leave: () => void, onWake: (() => void) | undefined) {
    this.#head = head
    this.#leave = leave
    this.#onWake = onWake
  }

  /** How far the stream is known to have come. */
  head(): Head | undefined {
    return this.#head()
  }

  /** True when the stream has come further than `seq`, or has begun another epoch; false when released meanwhile. */
  async beyond(epoch: number, seq: bigint): Promise<boolean> {
    for (;;) {
      if (this.#released) return false
      const head = this.#head()
      if (head && (head.epoch !== epoch || head.seq > seq)) return true
      await new Promise<void>((resolve) => (this.#wake = resolve))
    }
  }

  wake(): void {
    this.#wake?.()
    this.#onWake?.()
  }

  release(): void {
    this.#released = true
    this.#leave()
    this.#wake?.()
  }
}
