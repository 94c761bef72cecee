import type { ResultOf, VariablesOf } from '#lib/graph/graphql.ts'
import type { Hub } from '#lib/graph/hub.svelte.ts'
import { Watched } from '#lib/graph/watched.svelte.ts'
import { type SignedHead, SignedHeadsQuery } from './documents.ts'

interface Kept {
  /** Null: for ever. */
  readonly months: number | null
  /** The last entry that has been archived, and when it happened. */
  readonly through: string | null
  readonly until: string | null
}

/** The signed heads of the own party's journal, the latest first. */
export class Heads {
  readonly #watched: Watched<ResultOf<typeof SignedHeadsQuery>, VariablesOf<typeof SignedHeadsQuery>>

  constructor(hub: Hub) {
    this.#watched = new Watched(hub.graph, SignedHeadsQuery, {})
  }

  get all(): readonly SignedHead[] {
    return this.#watched.data?.signedHeads.nodes ?? []
  }

  get hasOlder() {
    return this.#watched.data?.signedHeads.pageInfo.hasNextPage ?? false
  }

  /** For how long the journal is kept here, and what of it has been archived. */
  get kept(): Kept {
    const { journalMonths, journalArchivedThrough, journalArchivedUntil } = this.#watched.data?.collaboration ?? {}
    return { months: journalMonths ?? null, through: journalArchivedThrough ?? null, until: journalArchivedUntil ?? null }
  }

  /** Public keys that have signed: more than one when the hub has been given another. */
  get keys(): readonly string[] {
    return [...new Set(this.all.map(({ key }) => key))]
  }

  /** What `examples/verify.mjs` and `samsyn journal verify --against` read. */
  get file(): string {
    const heads = this.all.map(({ stream, epoch, seq, hash, at, key, signature }) => ({
      stream,
      epoch,
      seq,
      hash,
      at,
      key,
      signature,
    }))
    return `${JSON.stringify(heads, null, 2)}\n`
  }
}
