import { randomBytes } from 'node:crypto'

/**
 * Guards: who may see what is known beforehand, from the story that was told and not from the server under test.
 *
 * Every text that a party may keep to itself is a canary: a word that stands nowhere else. Ids are canaries too. A scan
 * reads the raw bytes of an answer, so that it doesn't matter in which field, error or cursor something slipped out.
 */
export type PartyKey = string

export interface Canary {
  /** What it is, for example `draft.title`. */
  readonly kind: string
  readonly owner: PartyKey
  readonly seenBy: ReadonlySet<PartyKey>
  /** False for what nobody is ever told, for example the address of somebody removed. */
  readonly reachable: boolean
  /** Whose alone it is, also within the party. */
  readonly member?: string
  /** Of which slices it is, for programs whose keys are for a part. Undefined: read by whoever reads anything. */
  readonly slices?: ReadonlySet<string>
}

/** Whose answer is scanned. */
export interface Reader {
  readonly party: PartyKey | undefined
  readonly memberId: string | undefined
  /** What is read of what the party reads; undefined: all. */
  readonly slices?: readonly string[]
  /** What this person knows beside what the party knows: names of the other seats held. */
  readonly knows: ReadonlySet<Canary>
}

/** Letters alone: among so many digits there would now and then be what looks like somebody's identity number, and is refused. */
export const letters = (bytes: number): string =>
  randomBytes(bytes)
    .toString('hex')
    .replace(/[0-9a-f]/g, (digit) => 'abcdefghijklmnop'.charAt(Number.parseInt(digit, 16)))

const TEXT = /kanarie[a-p]{16}/g
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g
const ENCODED = /[\w+/-]{48,}/g

export class Ledger {
  readonly #canaries: Map<string, Canary>
  readonly #decoded = new Map<string, readonly string[]>()

  constructor(canaries: Iterable<readonly [string, Canary]> = []) {
    this.#canaries = new Map(canaries)
  }

  /** A ledger to write on in, that leaves this one as it is. */
  copy(): Ledger {
    return new Ledger(this.#canaries)
  }

  /** A new word that stands nowhere else. */
  text(kind: string, owner: PartyKey, seenBy: Iterable<PartyKey>, reachable = true): string {
    const word = `kanarie${letters(8)}`
    this.know(word, { kind, owner, seenBy: new Set(seenBy), reachable })
    return word
  }

  /** Something that is known by its own value: an id, a token. */
  know(value: string, canary: Canary): void {
    this.#canaries.set(value, canary)
  }

  /** Says of which slice it is, of what is known. */
  place(value: string, slice: string): void {
    const canary = this.#canaries.get(value)
    if (canary) this.#canaries.set(value, { ...canary, slices: new Set([...(canary.slices ?? []), slice]) })
  }

  has(value: string): boolean {
    return this.#canaries.has(value)
  }

  of(value: string): Canary {
    const canary = this.#canaries.get(value)
    if (!canary) throw new Error(`no canary: ${value}`)
    return canary
  }

  all(): [string, Canary][] {
    return [...this.#canaries]
  }

  /** The values in the raw text of an answer, by whether the reader may see them. */
  scan(body: string, reader: Reader): { own: Set<string>; foreign: Set<string> } {
    const own = new Set<string>()
    const foreign = new Set<string>()
    for (const value of this.#values(body)) {
      const canary = this.#canaries.get(value)
      if (!canary) continue
      const allowed =
        (reader.party !== undefined &&
          canary.seenBy.has(reader.party) &&
          (reader.slices === undefined ||
            canary.slices === undefined ||
            reader.slices.some((slice) => canary.slices?.has(slice))) &&
          (canary.member === undefined || canary.member === reader.memberId)) ||
        reader.knows.has(canary)
      ;(allowed ? own : foreign).add(value)
    }
    return { own, foreign }
  }

  *#values(body: string): Generator<string> {
    yield* body.match(TEXT) ?? []
    yield* body.match(UUID) ?? []
    for (const [token] of body.matchAll(/[\w-]{43}/g)) yield token
    // Global ids and cursors are base64; what they hold is looked at as well.
    for (const [text] of body.matchAll(ENCODED)) yield* this.#inside(text)
  }

  #inside(text: string): readonly string[] {
    const known = this.#decoded.get(text)
    if (known) return known
    const inside = Buffer.from(text, 'base64').toString('latin1')
    const values = [...(inside.match(UUID) ?? []), ...(inside.match(TEXT) ?? [])]
    this.#decoded.set(text, values)
    return values
  }
}
