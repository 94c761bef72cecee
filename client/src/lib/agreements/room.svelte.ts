import type { ResultOf, VariablesOf } from '#lib/graph/graphql.ts'
import type { Hub } from '#lib/graph/hub.svelte.ts'
import { Watched } from '#lib/graph/watched.svelte.ts'
import { AgreementQuery, type Agreement, type AgreementClause, type Proposal } from './documents.ts'

/** The agreement as one reads it, with what is going on around each clause. */
export class AgreementRoom {
  readonly #watched: Watched<ResultOf<typeof AgreementQuery>, VariablesOf<typeof AgreementQuery>>

  #last: Agreement | null = null

  constructor(hub: Hub) {
    this.#watched = new Watched(hub.graph, AgreementQuery, {})
  }

  /** Stays while the cache asks for what a new clause has around it. */
  get agreement(): Agreement | null {
    const now = this.#watched.data?.collaboration?.agreement
    if (now) this.#last = now
    return now ?? this.#last
  }

  get clauses(): readonly AgreementClause[] {
    return this.agreement?.clauses ?? []
  }

  /** Those that the parties are answering now. */
  get open(): readonly Proposal[] {
    return this.agreement?.proposals.nodes.filter(({ state }) => state === 'OPEN') ?? []
  }

  /** Open proposals that change, move or remove the clause, or add something right under it. */
  touching(clause: string): readonly Proposal[] {
    return this.open.filter(({ changes }) =>
      changes.some(({ kind, clauseId, parentId }) => clauseId === clause || (kind === 'ADD' && parentId === clause)),
    )
  }
}
