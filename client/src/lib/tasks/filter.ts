// What of the tasks is shown, as the address says it. The address is the state: with and without JavaScript, shared or reloaded.
import { globalId, uuidOf } from '#lib/graph/ids.ts'
import type { BoardFilter, TaskSort } from './documents.ts'

type State = 'GIVEN' | 'ONGOING' | 'DELIVERED' | 'APPROVED'
type Audience = 'OWN' | 'SHARED' | 'JOINT'

export const states: readonly State[] = ['GIVEN', 'ONGOING', 'DELIVERED', 'APPROVED']
const audiences: readonly Audience[] = ['OWN', 'SHARED', 'JOINT']
const sorts: readonly TaskSort[] = ['POSITION', 'DUE_ON', 'UPDATED_AT', 'TITLE']

const known = <T extends string>(values: readonly T[], found: readonly (string | null)[]) =>
  values.filter((value) => found.includes(value))

type Patch = Partial<
  Pick<TaskFilter, 'view' | 'text' | 'states' | 'responsible' | 'assignees' | 'audiences' | 'sort' | 'archived' | 'task'>
>

export class TaskFilter {
  readonly view: 'board' | 'list'
  readonly text: string
  readonly states: readonly State[]
  readonly responsible: readonly string[]
  readonly assignees: readonly string[]
  readonly audiences: readonly Audience[]
  readonly sort: TaskSort
  readonly archived: boolean
  /** The task that is open beside, a global id. */
  readonly task: string | null

  constructor(address: URLSearchParams) {
    this.view = address.get('view') === 'list' ? 'list' : 'board'
    this.text = (address.get('q') ?? '').trim().slice(0, 200)
    this.states = known(states, address.getAll('state'))
    this.responsible = address.getAll('party').slice(0, 50)
    this.assignees = address.getAll('assignee').slice(0, 50)
    this.audiences = known(audiences, address.getAll('audience'))
    this.sort = known(sorts, [address.get('sort')])[0] ?? 'POSITION'
    this.archived = address.get('archived') === 'true'
    const task = address.get('task')
    this.task = task ? globalId('Task', task) : null
  }

  /** The same for the same tasks, whichever of them is open. */
  get key() {
    return this.with({ task: null })
  }

  /** How many conditions narrow what is shown, beside the words. */
  get active() {
    return this.states.length + this.responsible.length + this.assignees.length + this.audiences.length + (this.archived ? 1 : 0)
  }

  /** The address with a change, for links that work without JavaScript. */
  with(patch: Patch): string {
    const { view, text, states, responsible, assignees, audiences, sort, archived, task } = { ...this.#all(), ...patch }
    const address = new URLSearchParams()
    if (view === 'list') address.set('view', view)
    if (text) address.set('q', text)
    for (const state of states) address.append('state', state)
    for (const party of responsible) address.append('party', party)
    for (const assignee of assignees) address.append('assignee', assignee)
    for (const audience of audiences) address.append('audience', audience)
    if (sort !== 'POSITION') address.set('sort', sort)
    if (archived) address.set('archived', 'true')
    if (task) address.set('task', uuidOf(task))
    return `?${address}`
  }

  without(): string {
    return this.view === 'list' ? '?view=list' : '?'
  }

  /** The server's filter. Conditions that say nothing are left out, so that equal filters are one list in the cache. */
  input(state?: State): BoardFilter {
    const wanted = state ? [state] : this.states
    return {
      archived: this.archived,
      ...(wanted.length > 0 && { states: [...wanted] }),
      ...(this.responsible.length > 0 && { responsible: [...this.responsible] }),
      ...(this.assignees.length > 0 && { assignees: [...this.assignees] }),
      ...(this.audiences.length > 0 && { audiences: [...this.audiences] }),
      ...(this.text && { text: this.text }),
    }
  }

  #all() {
    const { view, text, states, responsible, assignees, audiences, sort, archived, task } = this
    return { view, text, states, responsible, assignees, audiences, sort, archived, task }
  }
}
