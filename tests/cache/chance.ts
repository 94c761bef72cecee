/** Choices that a seed decides. What the server mints is its own, so a run can be had again in its course, not to the last id. */
export class Chance {
  #state: number

  constructor(seed: number) {
    this.#state = seed >>> 0
  }

  /** From 0 to below 1, after Mulberry. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0
    let mixed = this.#state
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }

  yes(share = 0.5): boolean {
    return this.next() < share
  }

  below(bound: number): number {
    return Math.floor(this.next() * bound)
  }

  /** Undefined of nothing. */
  maybe<One>(from: readonly One[]): One | undefined {
    return from[this.below(from.length)]
  }

  one<One>(from: readonly One[]): One {
    const found = this.maybe(from)
    if (found === undefined) throw new Error('nothing to choose from')
    return found
  }

  some<One>(from: readonly One[], share = 0.4): One[] {
    return from.filter(() => this.yes(share))
  }
}
