// Guards: the board holds no tasks of its own: what it shows is read from the cache, and its acts go there.
import { act } from '#lib/graph/act.ts'
import type { ResultOf, VariablesOf } from '#lib/graph/graphql.ts'
import type { Hub } from '#lib/graph/hub.svelte.ts'
import { uuidOf } from '#lib/graph/ids.ts'
import { mint } from '#lib/graph/minted.ts'
import type { Outcome } from '#lib/graph/outcome.ts'
import type { TaskCard } from '#lib/graph/subjects.ts'
import { Watched } from '#lib/graph/watched.svelte.ts'
import { CreateTask, MoveTask } from './acts.ts'
import { BoardQuery, ListQuery } from './documents.ts'
import { states, type TaskFilter } from './filter.ts'
import { boardVariables, listVariables, tasksPerPage } from './read.ts'

type State = (typeof states)[number]
type Page = { totalCount: number; nodes: readonly TaskCard[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } }
type ListPage = Watched<ResultOf<typeof ListQuery>, VariablesOf<typeof ListQuery>>

const nothing: Page = { totalCount: 0, nodes: [], pageInfo: { hasNextPage: false, endCursor: null } }

/** The tasks as columns or as a list, over one filter. Pages are added as one scrolls; the cache keeps all of them true. */
export class TaskBoard {
  readonly filter: TaskFilter
  readonly #hub: Hub
  readonly #goto: (address: string) => void
  readonly #board: Watched<ResultOf<typeof BoardQuery>, VariablesOf<typeof BoardQuery>> | undefined
  readonly #list: ListPage | undefined
  /** Pages after the first, by column; the list's own under ''. */
  #later = $state.raw<Readonly<Record<string, readonly ListPage[]>>>({})
  #loading = $state.raw<Readonly<Record<string, boolean>>>({})

  constructor(hub: Hub, filter: TaskFilter, goto: (address: string) => void) {
    this.#hub = hub
    this.filter = filter
    this.#goto = goto
    if (filter.view === 'list') this.#list = new Watched(hub.graph, ListQuery, listVariables(filter))
    else this.#board = new Watched(hub.graph, BoardQuery, boardVariables(filter))
  }

  get columns() {
    const shown = this.filter.states.length > 0 ? this.filter.states : states
    return shown.map((state) => ({ state, ...this.#joined(state, this.#first(state)) }))
  }

  get list() {
    return this.#joined('', this.#list?.data?.collaboration?.tasks ?? nothing)
  }

  #first(state: State): Page {
    const board = this.#board?.data?.collaboration
    if (!board) return nothing
    return { GIVEN: board.given, ONGOING: board.ongoing, DELIVERED: board.delivered, APPROVED: board.approved }[state]
  }

  #pages(key: string, first: Page): Page[] {
    return [first, ...(this.#later[key] ?? []).map(({ data }) => data?.collaboration?.tasks ?? nothing)]
  }

  #joined(key: string, first: Page) {
    const pages = this.#pages(key, first)
    return {
      tasks: pages.flatMap(({ nodes }) => nodes),
      total: first.totalCount,
      hasMore: pages.at(-1)?.pageInfo.hasNextPage ?? false,
      loading: this.#loading[key] ?? false,
    }
  }

  /** The next page of a column, or of the list. */
  async loadMore(state?: State): Promise<void> {
    const key = state ?? ''
    const first = state ? this.#first(state) : (this.#list?.data?.collaboration?.tasks ?? nothing)
    const { hasNextPage, endCursor } = this.#pages(key, first).at(-1)?.pageInfo ?? nothing.pageInfo
    if (!hasNextPage || !endCursor || this.#loading[key]) return
    this.#loading = { ...this.#loading, [key]: true }
    const variables = { filter: this.filter.input(state), sort: this.filter.sort, first: tasksPerPage, after: endCursor }
    const { data } = await this.#hub.graph.read(ListQuery, variables)
    this.#loading = { ...this.#loading, [key]: false }
    if (!data) return
    this.#later = { ...this.#later, [key]: [...(this.#later[key] ?? []), new Watched(this.#hub.graph, ListQuery, variables)] }
  }

  /** A draft of one's own party; whom it is shared with is a later and deliberate act. */
  async create({ title, state }: { title: string; state: State }): Promise<Outcome> {
    return act(this.#hub.graph, CreateTask, { id: await mint(this.#hub.viewer.party.id), title, state })
  }

  /** Puts the task below `after`, or first in the column. */
  move(id: string, state: State, after: string | null): Promise<Outcome> {
    return act(this.#hub.graph, MoveTask, { id, state, after })
  }

  get marks() {
    return this.#hub.marks
  }

  get waiting() {
    return this.#hub.waiting
  }

  /** Nothing moves under the hand until the returned function is called. */
  hold() {
    return this.#hub.graph.hold()
  }

  showWaiting() {
    this.#hub.graph.show()
  }

  href(id: string) {
    return `/c/${this.#hub.collaboration.slug}/tasks/${uuidOf(id)}`
  }

  /** The same board with the task open beside it. */
  besideHref(id: string | null) {
    return `/c/${this.#hub.collaboration.slug}/tasks${this.filter.with({ task: id })}`
  }

  open(id: string) {
    this.#goto(matchMedia('(width >= 64rem)').matches ? this.besideHref(id) : this.href(id))
  }

  filterBy(patch: Parameters<TaskFilter['with']>[0]) {
    this.#goto(`/c/${this.#hub.collaboration.slug}/tasks${this.filter.with(patch)}`)
  }
}
