// Guards: nothing is sent before the card is put down, and putting it back leaves no trace.
import type { Arrow } from './arrows.ts'
import type { TaskCard, TaskState } from '#lib/ui/things.ts'
import { taskStates } from '#lib/ui/things.ts'

/** Where in a column: after the card with this id, or first. */
export type Place = { state: TaskState; after: string | null }
export type Column = { state: TaskState; tasks: readonly TaskCard[]; total: number; hasMore: boolean }

/**
 * A card on its way from one place to another, by pointer or by keys. While it is carried the board shows an arrangement of its
 * own; nothing is sent before it is put down, and putting it back leaves no trace.
 */
export class Carry {
  #columns: () => readonly Column[]
  #place = $state.raw<Place | null>(null)
  #task = $state.raw<TaskCard | null>(null)
  #way = $state.raw<'pointer' | 'keys'>('pointer')

  constructor(columns: () => readonly Column[]) {
    this.#columns = columns
  }

  get task() {
    return this.#task
  }

  get place() {
    return this.#place
  }

  get byKeys() {
    return this.#task !== null && this.#way === 'keys'
  }

  get byPointer() {
    return this.#task !== null && this.#way === 'pointer'
  }

  /** The columns as they look now: with keys the card stands where it would land, with a pointer a line marks the place. */
  get columns(): readonly Column[] {
    const columns = this.#columns()
    const [task, place] = [this.#task, this.#place]
    if (!task || !place || this.#way === 'pointer') return columns
    return columns.map((column) => {
      const rest = column.tasks.filter((each) => each.id !== task.id)
      const left = column.tasks.length - rest.length
      if (column.state !== place.state) return { ...column, tasks: rest, total: column.total - left }
      const index = rest.findIndex((each) => each.id === place.after) + 1
      return { ...column, tasks: rest.toSpliced(index, 0, task), total: column.total - left + 1 }
    })
  }

  /** Number from 1 and size of the column the card would land in, for the announcement. */
  get rank() {
    const column = this.columns.find((each) => each.state === this.#place?.state)
    const index = column?.tasks.findIndex((each) => each.id === this.#task?.id) ?? -1
    return { at: index + 1, of: column?.tasks.length ?? 0 }
  }

  lift(task: TaskCard, way: 'pointer' | 'keys') {
    this.#way = way
    this.#task = task
    this.#place = this.#home(task)
  }

  over(place: Place) {
    if (this.#place?.state !== place.state || this.#place.after !== place.after) this.#place = place
  }

  step(direction: Arrow) {
    const [task, place] = [this.#task, this.#place]
    if (!task || !place) return
    if (direction === 'left' || direction === 'right') {
      const state = taskStates[taskStates.indexOf(place.state) + (direction === 'right' ? 1 : -1)]
      if (state) this.#place = { state, after: null }
      return
    }
    const rest = this.#others(place.state)
    const index = rest.findIndex((each) => each.id === place.after) + (direction === 'down' ? 1 : -1)
    if (index >= -1 && index < rest.length) this.#place = { state: place.state, after: rest[index]?.id ?? null }
  }

  /** Lets go. Gives the place if it is a new one. */
  drop(): { task: TaskCard; place: Place } | null {
    const [task, place] = [this.#task, this.#place]
    this.cancel()
    if (!task || !place) return null
    const home = this.#home(task)
    return home.state === place.state && home.after === place.after ? null : { task, place }
  }

  cancel() {
    this.#task = null
    this.#place = null
  }

  #others(state: TaskState) {
    return (
      this.#columns()
        .find((column) => column.state === state)
        ?.tasks.filter((each) => each.id !== this.#task?.id) ?? []
    )
  }

  #home(task: TaskCard): Place {
    const tasks = this.#columns().find((column) => column.state === task.state)?.tasks ?? []
    const index = tasks.findIndex((each) => each.id === task.id)
    return { state: task.state, after: tasks[index - 1]?.id ?? null }
  }
}
