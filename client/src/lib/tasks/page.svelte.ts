// Guards: an edit says which version it was made of, so that what others wrote meanwhile is never lost without a word.
import { CommentThread } from '#lib/comments/thread.svelte.ts'
import { act } from '#lib/graph/act.ts'
import type { ResultOf, VariablesOf } from '#lib/graph/graphql.ts'
import type { Hub } from '#lib/graph/hub.svelte.ts'
import type { ConflictActor, Outcome } from '#lib/graph/outcome.ts'
import type { Entry } from '#lib/graph/subjects.ts'
import { Watched } from '#lib/graph/watched.svelte.ts'
import { ArchiveTask, AssignTask, EditTask, MoveTask, RestoreTask, ShareTask } from './acts.ts'
import { MoreActivity, TaskQuery } from './documents.ts'
import { taskVariables } from './read.ts'

type Field = 'title' | 'description' | 'dueOn'
type Edit = Partial<{ title: string; description: string; dueOn: string | null; clause: string | null }>
type Later = Watched<ResultOf<typeof MoreActivity>, VariablesOf<typeof MoreActivity>>

export type TaskConflict = {
  field: Field
  yours: string | null
  theirs: string | null
  /** What stood there when one began to write. */
  base: string | null
  actor: ConflictActor | null
  at: string
}

type Base = { version: number; value: string | null }

const fields: readonly Field[] = ['title', 'description', 'dueOn']
const entriesPerPage = 30

/** One task: its fields saved one by one, its talk, its history. */
export class TaskPage {
  readonly id: string
  readonly thread: CommentThread
  readonly #hub: Hub
  readonly #watched: Watched<ResultOf<typeof TaskQuery>, VariablesOf<typeof TaskQuery>>
  /** What stood in a field when somebody began to write in it. */
  readonly #bases = new Map<Field, Base>()
  #later = $state.raw<readonly Later[]>([])

  constructor(hub: Hub, id: string) {
    this.#hub = hub
    this.id = id
    this.#watched = new Watched(hub.graph, TaskQuery, taskVariables(id))
    this.thread = new CommentThread(hub.graph, hub.viewer.party.id, { task: id }, () => this.thing?.comments)
  }

  /** Null when there is no such task, or none that one may know of. */
  get thing() {
    const node = this.#watched.data?.node
    return node?.__typename === 'Task' ? node : null
  }

  get may() {
    const { write, share } = this.#hub.may
    const { thing } = this
    const open = write && thing !== null && thing.archivedAt === null
    const own = thing?.party.id === this.#hub.viewer.party.id
    return { edit: open, move: open, comment: open, share: open && share && own, archive: write && own }
  }

  get #activity() {
    const later = this.#later.map(({ data }) => (data?.node?.__typename === 'Task' ? data.node.activity : undefined))
    return [this.thing?.activity, ...later].filter((page) => page !== undefined)
  }

  get entries(): readonly Entry[] {
    return this.#activity.flatMap(({ nodes }) => nodes)
  }

  get hasEarlier() {
    return this.#activity.at(-1)?.pageInfo.hasNextPage ?? false
  }

  /** Until when its history is archived, when all that is left of it is shown. */
  get archivedUntil(): string | null {
    const until = this.#watched.data?.collaboration?.journalArchivedUntil ?? null
    return until !== null && !this.hasEarlier && this.thing !== null && this.thing.createdAt <= until ? until : null
  }

  async loadEarlier() {
    const after = this.#activity.at(-1)?.pageInfo.endCursor
    if (!after || !this.hasEarlier) return
    const variables = { id: this.id, first: entriesPerPage, after }
    const { data } = await this.#hub.graph.read(MoreActivity, variables)
    if (data) this.#later = [...this.#later, new Watched(this.#hub.graph, MoreActivity, variables)]
  }

  /** Somebody begins to write in a field: what they see now is what they will have meant to change. */
  begin(field: Field) {
    if (this.thing) this.#bases.set(field, { version: this.thing.version, value: this.thing[field] })
  }

  edit(edit: Edit): Promise<Outcome> {
    const begun = fields.filter((field) => field in edit).map((field) => [field, this.#bases.get(field)] as const)
    for (const [field] of begun) this.#bases.delete(field)
    const version = Math.min(this.#version, ...begun.map(([, base]) => base?.version ?? this.#version))
    const values = Object.fromEntries(begun.map(([field, base]) => [field, base ? base.value : (this.thing?.[field] ?? null)]))
    return act(this.#hub.graph, EditTask, { ...edit, id: this.id, baseVersion: version }, values)
  }

  /** One's own latest words in each field that met somebody else's. They are kept until one has chosen, over a reload too. */
  get conflicts(): readonly TaskConflict[] {
    const met = this.#met
    return fields.flatMap((field) => {
      // Written twice before either was answered: the last words are meant, and what stood there first is the base.
      const [first, last] = [met.find((one) => one.field === field), met.findLast((one) => one.field === field)]
      if (!first || !last) return []
      const { current, actor, at } = last.conflict
      return [
        { field, yours: text(last.act.input[field]), theirs: current?.[0] ?? null, base: text(first.act.base[field]), actor, at },
      ]
    })
  }

  get #met() {
    return this.#hub.outbox.failed.flatMap((act) => {
      const { problem } = act
      if (act.subject !== this.id || act.field !== 'editTask' || problem?.kind !== 'conflict') return []
      return fields.flatMap((field) => {
        const conflict = field in act.input ? problem.conflicts.find((one) => one.field === field) : undefined
        return conflict ? [{ field, act, conflict, version: problem.version }] : []
      })
    })
  }

  /** One's own words replace theirs, knowingly. */
  async keepMine(field: string): Promise<Outcome> {
    const met = this.#met.findLast((one) => one.field === field)
    if (!met) return { ok: true }
    const theirs = this.takeTheirs(field)
    const edit = this.#with(met.field, text(met.act.input[met.field]))
    return act(this.#hub.graph, EditTask, { ...edit, id: this.id, baseVersion: met.version }, { [field]: theirs })
  }

  /** Theirs stays. Returns it. */
  takeTheirs(field: string): string | null {
    const met = this.#met.filter((one) => one.field === field)
    for (const { act: one } of met) this.#hub.graph.outbox.dismiss(one.key)
    return met.at(-1)?.conflict.current?.[0] ?? null
  }

  assign(patch: { responsible?: readonly string[]; assignees?: readonly string[] }): Promise<Outcome> {
    return act(this.#hub.graph, AssignTask, {
      id: this.id,
      baseVersion: this.#version,
      ...(patch.responsible && { responsible: [...patch.responsible] }),
      ...(patch.assignees && { assignees: [...patch.assignees] }),
    })
  }

  /** First in another column; a place between others is chosen on the board. */
  move(state: 'GIVEN' | 'ONGOING' | 'DELIVERED' | 'APPROVED'): Promise<Outcome> {
    return act(this.#hub.graph, MoveTask, { id: this.id, state, after: null })
  }

  share(audience: 'OWN' | 'SHARED' | 'JOINT', parties: readonly string[]): Promise<Outcome> {
    return act(this.#hub.graph, ShareTask, { id: this.id, audience, with: [...parties] })
  }

  archive(): Promise<Outcome> {
    return act(this.#hub.graph, ArchiveTask, { id: this.id })
  }

  restore(): Promise<Outcome> {
    return act(this.#hub.graph, RestoreTask, { id: this.id })
  }

  get #version() {
    return this.thing?.version ?? 1
  }

  #with(field: Field, value: string | null): Edit {
    return field === 'dueOn' ? { dueOn: value } : { [field]: value ?? '' }
  }
}

const text = (value: unknown) => (typeof value === 'string' ? value : null)
