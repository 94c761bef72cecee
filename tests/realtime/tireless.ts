import type { Actor } from '../world/actor.ts'
import type { Batch, Change, Following } from '../world/following.ts'
import type { Chance } from './chance.ts'

/** One who follows through thick and thin: loses the line at any moment, and goes on from the last thing taken in. */
export class Tireless {
  readonly actor: Actor
  readonly changes: Change[] = []
  readonly batches: Batch[] = []
  falls = 0
  #from: string
  #feed: Following | undefined
  readonly #chance: Chance

  constructor(actor: Actor, from: string, chance: Chance) {
    this.actor = actor
    this.#from = from
    this.#chance = chance
    this.rise()
  }

  /** Goes on after a fall. */
  rise(): void {
    this.#feed ??= this.actor.follow({ after: this.#from })
  }

  /** Loses the line without a farewell; what comes later on the old one is not heard. */
  fall(): void {
    const feed = this.#feed
    if (!feed) return
    this.#feed = undefined
    this.falls += 1
    const heard = [...feed.changes]
    // Any entry's own cursor will do as well as a batch's: now and then it had not come to the batch's end.
    const kept = this.#chance.oneIn(3) ? heard.slice(0, this.#chance.below(heard.length + 1)) : heard
    this.#from = kept.length === heard.length ? (feed.cursor ?? this.#from) : (kept.at(-1)?.cursor ?? this.#from)
    this.changes.push(...kept)
    this.batches.push(...feed.batches)
    feed.cut()
    // Cut before it had opened, it says so once more; that was the wish.
    feed.stop().catch(() => undefined)
  }

  /** Is told of so many more, or its line ends. */
  async more(number: number): Promise<void> {
    const feed = this.#feed
    await feed?.count(feed.changes.length + number).catch(() => undefined)
  }

  /** All changes, once so many have been told since the beginning. */
  async count(number: number): Promise<readonly Change[]> {
    const feed = this.#feed
    if (!feed) throw new Error('it has fallen and not risen')
    await feed.count(number - this.changes.length, 60_000)
    this.changes.push(...feed.changes)
    this.batches.push(...feed.batches)
    this.#feed = undefined
    await feed.stop()
    return this.changes
  }
}
