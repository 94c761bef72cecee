import { act } from '#lib/graph/act.ts'
import type { ResultOf, VariablesOf } from '#lib/graph/graphql.ts'
import type { Hub } from '#lib/graph/hub.svelte.ts'
import type { Outcome } from '#lib/graph/outcome.ts'
import type { Member, Party } from '#lib/graph/subjects.ts'
import { Watched } from '#lib/graph/watched.svelte.ts'
import { ChangeMember, InviteMember, RemoveMember } from './acts.ts'
import { AllMembersQuery } from './documents.ts'

type Invitation = Omit<VariablesOf<typeof InviteMember>['input'], 'id' | 'idempotencyKey'>
type Change = Omit<VariablesOf<typeof ChangeMember>['input'], 'id' | 'idempotencyKey' | 'baseVersion'>

/** Those at the table, by party. One looks after one's own party's people. */
export class MemberList {
  readonly #hub: Hub
  #all = $state.raw<Watched<ResultOf<typeof AllMembersQuery>, VariablesOf<typeof AllMembersQuery>>>()

  constructor(hub: Hub) {
    this.#hub = hub
  }

  get members(): readonly Member[] {
    return this.#all?.data?.collaboration?.members.nodes ?? this.#hub.members
  }

  get groups(): { party: Party; members: readonly Member[] }[] {
    return this.#hub.parties.map((party) => ({ party, members: this.members.filter((member) => member.party.id === party.id) }))
  }

  get withRemoved() {
    return this.#all !== undefined
  }

  async toggleRemoved() {
    if (this.#all) {
      this.#all = undefined
      return
    }
    await this.#hub.graph.read(AllMembersQuery, {})
    this.#all = new Watched(this.#hub.graph, AllMembersQuery, {})
  }

  /** The address that lets the invited person in is shown once. */
  async invite(invitation: Invitation): Promise<Outcome & { invitationUrl?: string }> {
    const done = await act(this.#hub.graph, InviteMember, { ...invitation, id: crypto.randomUUID() })
    return done.ok ? { ok: true, invitationUrl: done.answer.invitationUrl } : done
  }

  change(id: string, change: Change): Promise<Outcome> {
    const baseVersion = this.members.find((member) => member.id === id)?.version ?? 1
    return act(this.#hub.graph, ChangeMember, { ...change, id, baseVersion })
  }

  remove(id: string): Promise<Outcome> {
    return act(this.#hub.graph, RemoveMember, { id })
  }
}
