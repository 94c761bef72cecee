import { act } from '#lib/graph/act.ts'
import type { Hub } from '#lib/graph/hub.svelte.ts'
import { mint } from '#lib/graph/minted.ts'
import type { Outcome } from '#lib/graph/outcome.ts'
import { DraftProposal, EditProposal } from './acts.ts'
import type { Proposal } from './documents.ts'
import { Tree, type Placed, type Row, type Step, type Words } from './tree.ts'

/** A proposal being written: the agreement as it is to be, and the changes that lead there. Saved when its writer says so. */
export class Draft {
  title = $state('')
  reason = $state('')
  readonly #hub: Hub
  readonly #base: string | null
  readonly #before: ReadonlyMap<string, Words>
  #tree: Tree = $state.raw(Tree.of([]))
  /** Once it is saved it has an id, and what is saved next stands on that version. */
  #saved: { id: string; version: number } | null = $state.raw(null)
  #kept = $state('')

  constructor(hub: Hub, clauses: readonly Placed[], base: string | null, proposal: Proposal | null) {
    this.#hub = hub
    this.#base = base
    this.#before = new Map(clauses.map(({ id, heading, text }) => [id, { heading, text }]))
    const agreed = Tree.of(clauses.map(({ id, parentId, heading, text }) => ({ id, parentId, heading, text })))
    this.#tree = proposal ? agreed.after(proposal.changes) : agreed
    if (proposal) {
      this.title = proposal.title
      this.reason = proposal.reason
      this.#saved = { id: proposal.id, version: proposal.version }
    }
    // On another text than it was saved on, it is not saved yet.
    this.#kept = proposal && (proposal.base?.id ?? null) !== base ? '' : this.#content
  }

  get id() {
    return this.#saved?.id ?? null
  }

  get rows(): Row[] {
    return this.#tree.rows
  }

  get steps(): Step[] {
    return this.#tree.steps
  }

  get unsaved() {
    return this.#content !== this.#kept
  }

  get #content() {
    return JSON.stringify([this.title.trim(), this.reason.trim(), this.#tree.steps])
  }

  /** What a clause was called, for the list of changes, where it may be gone from the text. */
  headingOf(id: string) {
    return (this.#tree.has(id) ? this.#tree.words(id) : this.#before.get(id))?.heading ?? ''
  }

  write(id: string, words: Words) {
    this.#tree = this.#tree.write(id, words)
  }

  /** A new clause, empty; the writer goes on in it. */
  add(place: { parentId: string | null; afterId: string | null }): string {
    const id = crypto.randomUUID()
    this.#tree = this.#tree.add(id, place, { heading: '', text: '' })
    return id
  }

  may(id: string) {
    const ways = ['up', 'down', 'in', 'out'] as const
    const open = Object.fromEntries(ways.map((way) => [way, this.#tree.place(id, way) !== null]))
    return { up: !!open.up, down: !!open.down, in: !!open.in, out: !!open.out, under: this.#tree.mayHoldMore(id) }
  }

  move(id: string, way: 'up' | 'down' | 'in' | 'out'): boolean {
    const place = this.#tree.place(id, way)
    if (place) this.#tree = this.#tree.put(id, place)
    return place !== null
  }

  remove(id: string) {
    this.#tree = this.#tree.remove(id)
  }

  undo(step: Step) {
    this.#tree = this.#tree.without(step)
  }

  restore(id: string) {
    this.#tree = this.#tree.without({ kind: 'REMOVE', clauseId: id })
  }

  async save(): Promise<Outcome> {
    const content = this.#content
    const words = {
      title: this.title.trim(),
      reason: this.reason.trim(),
      ...(this.#base && { base: this.#base }),
      changes: this.#tree.steps.map(({ kind, clauseId, parentId, afterId, heading, text }) => ({
        kind,
        clause: clauseId,
        ...((kind === 'ADD' || kind === 'MOVE') && { parent: parentId, after: afterId }),
        ...((kind === 'ADD' || kind === 'CHANGE') && { heading: heading?.trim() ?? '', text: text ?? '' }),
      })),
    }
    if (this.#saved) {
      const done = await act(this.#hub.graph, EditProposal, { id: this.#saved.id, baseVersion: this.#saved.version, ...words })
      if (!done.ok) return done
      this.#saved = done.answer.proposal
    } else {
      const done = await act(this.#hub.graph, DraftProposal, { id: await mint(this.#hub.viewer.party.id), ...words })
      if (!done.ok) return done
      this.#saved = done.answer.proposal
    }
    this.#kept = content
    return { ok: true }
  }
}
