import { act } from '#lib/graph/act.ts'
import type { ResultOf, VariablesOf } from '#lib/graph/graphql.ts'
import type { Hub } from '#lib/graph/hub.svelte.ts'
import type { Outcome } from '#lib/graph/outcome.ts'
import { Watched } from '#lib/graph/watched.svelte.ts'
import { AnswerProposal, OpenProposal, WithdrawProposal } from './acts.ts'
import { ProposalQuery, type Position } from './documents.ts'
import { hasMandate, holds } from './read.ts'

/** One proposal: what it would change, what the parties think of it, and what one may do about it. */
export class ProposalPage {
  readonly id: string
  readonly #hub: Hub
  readonly #watched: Watched<ResultOf<typeof ProposalQuery>, VariablesOf<typeof ProposalQuery>>

  #last: Extract<NonNullable<ResultOf<typeof ProposalQuery>['node']>, { __typename: 'Proposal' }> | null = null

  constructor(hub: Hub, id: string) {
    this.#hub = hub
    this.id = id
    this.#watched = new Watched(hub.graph, ProposalQuery, { id })
  }

  /** Stays while the cache asks anew for the comparison; whoever has read a proposal may always read it. */
  get thing() {
    const node = this.#watched.data?.node
    if (node?.__typename === 'Proposal') this.#last = node
    return this.#last
  }

  /** Each signatory, in seat order, with its answer if it has one. */
  get positions() {
    const { thing } = this
    if (!thing) return []
    return this.#hub.parties
      .filter(({ role }) => role === 'SIGNATORY')
      .map((party) => ({ party, answer: thing.answers.find((answer) => answer.party.id === party.id) ?? null }))
  }

  /** One no is enough, once all have answered. */
  get refused() {
    return this.thing?.answers.some(({ position }) => position === 'NO') ?? false
  }

  /** Who may answer for the own party today. */
  get answerers() {
    const { party } = this.#hub.viewer
    return this.#hub.members.filter((member) => member.party.id === party.id && holds(member, 'VOTE', this.#hub.today))
  }

  get mine() {
    return this.thing?.answers.find(({ party }) => party.id === this.#hub.viewer.party.id) ?? null
  }

  get may() {
    const { thing } = this
    const { write, share } = this.#hub.may
    const own = thing?.party.id === this.#hub.viewer.party.id
    const draft = thing?.state === 'DRAFT'
    const open = thing?.state === 'OPEN'
    const signatory = this.#hub.viewer.party.role === 'SIGNATORY'
    return {
      edit: own && draft && write,
      open: own && draft && share && signatory,
      withdraw: own && ((draft && write) || (open && share)),
      answer: open && signatory && hasMandate(this.#hub, 'VOTE'),
    }
  }

  /** What was agreed reaches further than the proposal: with the last answer there may be a new version. */
  async #settled(run: Promise<Outcome>): Promise<Outcome> {
    const outcome = await run
    if (outcome.ok && this.thing?.state !== 'OPEN') this.#hub.graph.refresh()
    return outcome
  }

  answer(position: Position, reason: string): Promise<Outcome> {
    const words = reason.trim()
    return this.#settled(
      act(this.#hub.graph, AnswerProposal, { id: this.id, position, ...(words && position !== 'YES' && { reason: words }) }),
    )
  }

  open(): Promise<Outcome> {
    return act(this.#hub.graph, OpenProposal, { id: this.id, baseVersion: this.thing?.version ?? 1 })
  }

  withdraw(): Promise<Outcome> {
    return this.#settled(act(this.#hub.graph, WithdrawProposal, { id: this.id }))
  }
}
