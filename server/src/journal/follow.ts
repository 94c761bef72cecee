import type { Actor } from '../access/viewer.ts'
import { type ChangeBatch, type Resync, streamOf } from './changes.ts'
import { encodeCursor } from './cursor.ts'
import type { Relay } from './relay.ts'

/**
 * Guards: a follower is handed the next batch only when it has taken the last one; nothing is kept for it meanwhile.
 *
 * Yields the place to read from, again and again. Whoever executes the subscription reads the journal there, in the
 * execution's own snapshot, and tells how far it came. A slow socket is simply not asked: the socket's write must have
 * finished before the next place is asked for, and what happened meanwhile is read from the journal then.
 */
export interface Position {
  readonly cursor: string
  /** At most so many entries; a page of them unless said. */
  readonly first?: number
  /** Said by the execution: this is what was there. */
  readonly read: (result: ChangeBatch | Resync) => void
}

/** What a subscription follows. Whoever executes it by itself iterates; whoever executes for many asks where it begins. */
export class Source implements AsyncIterable<Position> {
  readonly streamId: string
  readonly after: string
  readonly #relay: Relay

  constructor(relay: Relay, viewer: Actor, after: string) {
    this.streamId = streamOf(viewer, after)
    this.after = after
    this.#relay = relay
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Position, void, void> {
    const follower = this.#relay.follow(this.streamId)
    let cursor = this.after
    let last: ChangeBatch | Resync | undefined
    try {
      for (;;) {
        last = undefined
        yield { cursor, read: (result) => (last = result) }
        const result = last as ChangeBatch | Resync | undefined
        if (!result) continue // the execution failed; its executor has waited and asks again from the same place
        if (result.kind === 'resync') return
        cursor = encodeCursor(result.cursor)
        if (!result.hasMore && !(await follower.beyond(result.cursor.epoch, result.cursor.seq))) return
      }
    } finally {
      follower.release()
    }
  }
}

/** Whether the result of an execution is worth sending: an empty batch says nothing. */
export const isEmpty = (data: unknown): boolean =>
  typeof data === 'object' &&
  data !== null &&
  Object.values(data).every(
    (result: unknown) =>
      typeof result === 'object' &&
      result !== null &&
      'changes' in result &&
      Array.isArray(result.changes) &&
      result.changes.length === 0,
  )
