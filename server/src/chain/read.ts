import type { Database } from '../data/database.ts'
import { canonicalEntry, commitmentOf, commitmentsIn, type Entry } from './chain.ts'

/** A database that is asked as its owner, to whom policies do not apply. */
export type Asks = Pick<Database, 'ask'>

/** A text that a commitment stands for, with its salt in hex; without a value: taken back since. */
export interface Text {
  readonly hash: string
  readonly salt: string
  readonly value: string | null
}

/** What an entry is, wherever it stands. */
export interface Content {
  readonly kind: string
  readonly at: Date
  /** Its canonical form, which is chained. */
  readonly text: string
  readonly texts: readonly Text[]
  /** What is wrong with its texts. */
  readonly wrong: string | undefined
  /** The streams that it says it was told to. */
  readonly readers: readonly string[]
}

/** An entry at its place in a stream. */
export interface Told extends Content {
  readonly seq: bigint
  readonly hash: Buffer
}

interface Place {
  readonly seq: string
  readonly hash: Buffer
  readonly id: string
}
interface Row extends Entry {
  readonly readers: readonly string[]
  readonly texts: readonly Text[] | null
}

const BATCH = 5_000
/** Contents that are kept, some hundred bytes each, for the other streams that they were told to. */
const MOST_KEPT = 200_000

const PLACES = `select seq, hash, entry_id as id from stream_entry
  where stream_id = $1 and seq > $2 and seq <= $3 order by seq limit ${BATCH}`
const CONTENTS = `
  select id, at, kind, collaboration_id as collaboration, actor_id as actor, party_id as party, subject_type as type,
    subject_id as subject, subject_version as version, changes, readers, texts
  from journal_entry entry left join (
    select entry_id, json_agg(json_build_object('hash', hash, 'salt', encode(salt, 'hex'), 'value', value)) as texts
    from commitment where entry_id = any ($1::uuid[]) group by entry_id) told on told.entry_id = entry.id
  where id = any ($1::uuid[])`

/** Reads streams from where they begin. An entry that stands in many of them is read once. */
export class JournalReader {
  readonly #owner: Asks
  readonly #kept = new Map<string, Content>()

  constructor(owner: Asks) {
    this.#owner = owner
  }

  /** All that was told in a stream and is kept here, in order, up to a place in it and after another. */
  async *stream(streamId: string, upto = 2n ** 63n - 1n, beyond = 0n): AsyncGenerator<Told> {
    let after = String(beyond)
    for (;;) {
      const places = await this.#owner.ask<Place>(PLACES, [streamId, after, String(upto)])
      await this.#read(places.map(({ id }) => id))
      for (const { seq, hash, id } of places) {
        const content = this.#kept.get(id)
        if (!content) throw new Error(`entry ${id} has a place and is not there`)
        yield { ...content, seq: BigInt(seq), hash }
      }
      const last = places.at(-1)
      if (!last || places.length < BATCH) return
      after = last.seq
    }
  }

  async #read(ids: readonly string[]): Promise<void> {
    if (this.#kept.size > MOST_KEPT) this.#kept.clear()
    const missing = ids.filter((id) => !this.#kept.has(id))
    if (missing.length === 0) return
    for (const { readers, texts, ...entry } of await this.#owner.ask<Row>(CONTENTS, [missing])) {
      const { id, kind, at, changes } = entry
      const wrong = wrongText(changes, texts ?? [])
      this.#kept.set(id, { kind, at, text: canonicalEntry(entry), texts: texts ?? [], wrong, readers })
    }
  }
}

const wrongText = (changes: unknown, texts: readonly Text[]): string | undefined => {
  const held = new Map(texts.map((text) => [text.hash, text]))
  for (const commitment of commitmentsIn(changes)) {
    const text = held.get(commitment)
    if (!text) return 'a text of it is gone without having been erased'
    if (text.value !== null && commitmentOf(Buffer.from(text.salt, 'hex'), text.value) !== commitment)
      return 'a text of it is not the one that was written'
  }
  return undefined
}
