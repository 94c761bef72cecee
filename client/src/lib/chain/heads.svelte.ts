import type { ResultOf, VariablesOf } from '#lib/graph/graphql.ts'
import type { Hub } from '#lib/graph/hub.svelte.ts'
import { Watched } from '#lib/graph/watched.svelte.ts'
import { type SignedHead, SignedHeadsQuery } from './documents.ts'

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
