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
type Edit = Partial<{ title: string; description: string; dueOn: string | null }>
type Later = Watched<ResultOf<typeof MoreActivity>, VariablesOf<typeof MoreActivity>>

export type TaskConflict = {
  field: Field
  yours: string | null
  theirs: string | null
  actor: ConflictActor | null
  at: string
  /** Saved with this base, one's own words replace theirs knowingly. */
  version: number
}

const fields: readonly Field[] = ['title', 'description', 'dueOn']
const entriesPerPage = 30

/** One task: its fields saved one by one, its talk, its history. */
export class TaskPage {
  readonly id: string
  readonly thread: CommentThread
  readonly #hub: Hub
  readonly #watched: Watched<ResultOf<typeof TaskQuery>, VariablesOf<typeof TaskQuery>>
  readonly #bases = new Map<Field, number>()
  #later = $state.raw<readonly Later[]>([])
  #conflicts = $state.raw<readonly TaskConflict[]>([])
  /** Acts on one task go one at a time: each stands on the version the one before it made. */
  #last: Promise<unknown> = Promise.resolve()

  constructor(hub: Hub, id: string) {
    this.#hub = hub
    this.id = id
    this.#watched = new Watched(hub.graph, TaskQuery, taskVariables(id))
    this.thread = new CommentThread(hub.graph, hub.viewer.party.id, id, () => this.thing?.comments)
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

  get comments() {
    return this.thread.comments
  }

  get commentsTotal() {
    return this.thread.total
  }

  get hasMoreComments() {
    return this.thread.hasMore
  }

  loadMoreComments = () => this.thread.loadMore()
  write = (text: string, audience: 'AS_PARENT' | 'OWN') => this.thread.write(text, audience)
  editComment = (id: string, text: string) => this.thread.edit(id, text)
  withdraw = (id: string) => this.thread.withdraw(id)

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

  async loadEarlier() {
    const after = this.#activity.at(-1)?.pageInfo.endCursor
    if (!after || !this.hasEarlier) return
    const variables = { id: this.id, first: entriesPerPage, after }
    const { data } = await this.#hub.graph.read(MoreActivity, variables)
    if (data) this.#later = [...this.#later, new Watched(this.#hub.graph, MoreActivity, variables)]
  }

  /** Somebody begins to write in a field: what they see now is what they will have meant to change. */
  begin(field: Field) {
    if (this.thing) this.#bases.set(field, this.thing.version)
  }

  edit(edit: Edit): Promise<Outcome> {
    const begun = fields.filter((field) => field in edit).map((field) => this.#bases.get(field))
    const known = begun.filter((version) => version !== undefined)
    return this.#save(edit, known.length > 0 ? Math.min(...known) : undefined)
  }

  get conflicts() {
    return this.#conflicts
  }

  async keepMine(field: string): Promise<Outcome> {
    const conflict = this.#conflicts.find((one) => one.field === field)
    if (!conflict) return { ok: true }
    this.takeTheirs(field)
    return this.#save(this.#with(conflict.field, conflict.yours), conflict.version)
  }

  takeTheirs(field: string) {
    this.#conflicts = this.#conflicts.filter((one) => one.field !== field)
  }

  assign(patch: { responsible?: readonly string[]; assignees?: readonly string[] }): Promise<Outcome> {
    return this.#next(() =>
      act(this.#hub.graph, AssignTask, {
        id: this.id,
        baseVersion: this.#version,
        ...(patch.responsible && { responsible: [...patch.responsible] }),
        ...(patch.assignees && { assignees: [...patch.assignees] }),
      }),
    )
  }

  /** First in another column; a place between others is chosen on the board. */
  move(state: 'GIVEN' | 'ONGOING' | 'DELIVERED' | 'APPROVED'): Promise<Outcome> {
    return this.#next(() => act(this.#hub.graph, MoveTask, { id: this.id, state, after: null }))
  }

  share(audience: 'OWN' | 'SHARED' | 'JOINT', parties: readonly string[]): Promise<Outcome> {
    return this.#next(() => act(this.#hub.graph, ShareTask, { id: this.id, audience, with: [...parties] }))
  }

  archive(): Promise<Outcome> {
    return this.#next(() => act(this.#hub.graph, ArchiveTask, { id: this.id }))
  }

  restore(): Promise<Outcome> {
    return this.#next(() => act(this.#hub.graph, RestoreTask, { id: this.id }))
  }

  get #version() {
    return this.thing?.version ?? 1
  }

  #next(run: () => Promise<Outcome>): Promise<Outcome> {
    const turn = this.#last.then(async () => {
      const before = this.#version
      const outcome = await run()
      // Whoever began to write while an act of their own was under way saw what it made: that is no conflict.
      const after = this.#version
      if (outcome.ok && after === before + 1)
        for (const [field, version] of this.#bases) if (version === before) this.#bases.set(field, after)
      return outcome
    })
    this.#last = turn.catch(() => {})
    return turn
  }

  #with(field: Field, value: string | null): Edit {
    return field === 'dueOn' ? { dueOn: value } : { [field]: value ?? '' }
  }

  #save(edit: Edit, base: number | undefined): Promise<Outcome> {
    return this.#next(async () => {
      const outcome = await act(this.#hub.graph, EditTask, { ...edit, id: this.id, baseVersion: base ?? this.#version })
      for (const field of fields) if (field in edit) this.#bases.delete(field)
      if (!outcome.ok && outcome.problem.kind === 'conflict') {
        const { version, conflicts } = outcome.problem
        const met = fields.flatMap((field) => {
          const conflict = conflicts.find((one) => one.field === field)
          return conflict
            ? [
                {
                  field,
                  yours: edit[field] ?? null,
                  theirs: conflict.current?.[0] ?? null,
                  actor: conflict.actor,
                  at: conflict.at,
                  version,
                },
              ]
            : []
        })
        this.#conflicts = [...this.#conflicts.filter(({ field }) => !met.some((one) => one.field === field)), ...met]
      }
      return outcome
    })
  }
}
