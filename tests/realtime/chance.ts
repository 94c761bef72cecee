/** Chance that can be had again: the same seed gives the same run, as far as the machine's own timing allows. */
export interface Chance {
  /** A whole number from 0, below the bound. */
  readonly below: (bound: number) => number
  readonly of: <Item>(items: readonly Item[]) => Item
  readonly oneIn: (times: number) => boolean
}

export const SEED = Number(process.env['SEED'] ?? 1)

/** Mulberry32: small, and good enough to choose among what people may do. */
export const chanceFrom = (seed: number): Chance => {
  let state = seed
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (bound: number) => Math.floor(next() * bound)
  const of = <Item>(items: readonly Item[]): Item => {
    const item = items[below(items.length)]
    if (item === undefined) throw new Error('nothing to choose from')
    return item
  }
  return { below, of, oneIn: (times) => below(times) === 0 }
}
