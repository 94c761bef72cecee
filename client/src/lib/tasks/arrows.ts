// Where an arrow leads on the board: to the card above or below, or beside it in the next column that holds any.
import type { TaskCard, TaskState } from '#lib/ui/things.ts'

export type Arrow = 'up' | 'down' | 'left' | 'right'

/** By the names that keys have. */
export const arrows: Readonly<Record<string, Arrow>> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
}

interface Column {
  readonly state: TaskState
  readonly tasks: readonly TaskCard[]
}

/** The card to which an arrow leads from this one; undefined at the edge. */
export const beside = (columns: readonly Column[], task: TaskCard, arrow: Arrow): TaskCard | undefined => {
  const here = columns.findIndex(({ state }) => state === task.state)
  const row = columns[here]?.tasks.findIndex(({ id }) => id === task.id) ?? 0
  if (arrow === 'up' || arrow === 'down') return columns[here]?.tasks[row + (arrow === 'down' ? 1 : -1)]
  const onwards = arrow === 'right' ? columns.slice(here + 1) : columns.slice(0, here).toReversed()
  return onwards.map(({ tasks }) => tasks[Math.min(row, tasks.length - 1)]).find((next) => next !== undefined)
}
