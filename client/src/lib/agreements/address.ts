// Where things of the agreement stand. The address is the state: shared or reloaded it brings back the same view.
import { uuidOf } from '#lib/graph/ids.ts'
import type { ProposalState } from './documents.ts'

export const proposalStates: readonly ProposalState[] = ['OPEN', 'DRAFT', 'INCORPORATED', 'REJECTED', 'WITHDRAWN', 'OVERTAKEN']

export class Addresses {
  readonly room: string

  constructor(slug: string) {
    this.room = `/c/${slug}/agreement`
  }

  /** The text, with a clause open beside it. */
  clause = (id: string) => `${this.room}?clause=${uuidOf(id)}#c-${uuidOf(id)}`
  get versions() {
    return `${this.room}/versions`
  }
  compare = (from: number, to: number, inline = false) =>
    `${this.versions}?from=${from}&to=${to}${inline ? '&view=inline' : ''}#compared`
  sign = (number: number) => `${this.versions}/${number}/sign`
  get proposals() {
    return `${this.room}/proposals`
  }
  get draft() {
    return `${this.proposals}/new`
  }
  proposal = (id: string) => `${this.proposals}/${uuidOf(id)}`
  edit = (id: string) => `${this.proposal(id)}/edit`
  onNewest = (id: string) => `${this.edit(id)}?newest`
  open = (id: string) => `${this.proposal(id)}/open`
}
