import type { ResultOf, VariablesOf } from '#lib/graph/graphql.ts'
import type { Hub } from '#lib/graph/hub.svelte.ts'
import { Watched } from '#lib/graph/watched.svelte.ts'
import { ProposalsQuery, type Proposal, type ProposalState } from './documents.ts'
import { proposalsVariables } from './read.ts'

type Page = Watched<ResultOf<typeof ProposalsQuery>, VariablesOf<typeof ProposalsQuery>>

/** Proposals in one state or in any; more come as one asks for them. */
export class ProposalList {
  readonly #hub: Hub
  readonly #state: ProposalState | null
  #pages = $state.raw<readonly Page[]>([])

  constructor(hub: Hub, state: ProposalState | null) {
    this.#hub = hub
    this.#state = state
    this.#pages = [new Watched(hub.graph, ProposalsQuery, proposalsVariables(state))]
  }

  get #loaded() {
    return this.#pages.map(({ data }) => data?.collaboration?.agreement?.proposals).filter((page) => page !== undefined)
  }

  get proposals(): readonly Proposal[] {
    return this.#loaded.flatMap(({ nodes }) => nodes)
  }

  get total() {
    return this.#loaded[0]?.totalCount ?? 0
  }

  get hasMore() {
    return this.#loaded.at(-1)?.pageInfo.hasNextPage ?? false
  }

  /** Each signatory with its answer to the proposal, in seat order. */
  positions({ answers }: Proposal) {
    return this.#hub.parties
      .filter(({ role }) => role === 'SIGNATORY')
      .map((party) => ({ party, answer: answers.find((answer) => answer.party.id === party.id) ?? null }))
  }

  async loadMore() {
    const after = this.#loaded.at(-1)?.pageInfo.endCursor
    if (!after || !this.hasMore) return
    const variables = { ...proposalsVariables(this.#state), after }
    const { data } = await this.#hub.graph.read(ProposalsQuery, variables)
    if (data) this.#pages = [...this.#pages, new Watched(this.#hub.graph, ProposalsQuery, variables)]
  }
}
