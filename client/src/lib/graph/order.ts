// Guards: the page's order and filter are the server's (`tasks.query.ts`).
//
// The server's order and the server's filter, said once more in the client, so that a task that arrives takes its place in every
// list without asking. Whoever changes one must change the other; the tests compare them.
export type Facts = {
  id: string
  title: string
  description: string | undefined
  state: string
  position: string
  audience: string
  dueOn: string | null
  updatedAt: string
  archivedAt: string | null
  responsible: readonly string[]
  assignees: readonly string[]
}

export type TaskFilter = {
  states?: readonly string[] | null
  responsible?: readonly string[] | null
  assignees?: readonly string[] | null
  audiences?: readonly string[] | null
  text?: string | null
  archived?: boolean | null
}
export type TaskSort = 'POSITION' | 'DUE_ON' | 'UPDATED_AT' | 'TITLE'

const some = (wanted: readonly string[] | null | undefined, found: readonly string[]) =>
  !wanted || found.some((one) => wanted.includes(one))

export const belongs = (task: Facts, filter: TaskFilter | null | undefined): boolean => {
  const { states, responsible, assignees, audiences, text, archived } = filter ?? {}
  const wanted = text?.trim().slice(0, 200).toLowerCase()
  return (
    (task.archivedAt !== null) === (archived ?? false) &&
    some(states, [task.state]) &&
    some(audiences, [task.audience]) &&
    some(responsible, task.responsible) &&
    some(assignees, task.assignees) &&
    (!wanted || task.title.toLowerCase().includes(wanted) || (task.description ?? '').toLowerCase().includes(wanted))
  )
}

const bytes = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
const swedish = new Intl.Collator('sv')

/** Dates compare as texts; nothing comes last. */
const dates = (a: string | null, b: string | null) => (a === b ? 0 : a === null ? 1 : b === null ? -1 : bytes(a, b))

const by: Record<TaskSort, (a: Facts, b: Facts) => number> = {
  POSITION: (a, b) => bytes(a.position, b.position),
  DUE_ON: (a, b) => dates(a.dueOn, b.dueOn),
  UPDATED_AT: (a, b) => bytes(b.updatedAt, a.updatedAt),
  TITLE: (a, b) => swedish.compare(a.title, b.title),
}

/** Ties are broken by the id, which is base64 of `Task:uuid`: decoded, it sorts as the uuid does. */
export const compareTasks =
  (sort: TaskSort | null | undefined) =>
  (a: Facts, b: Facts): number =>
    by[sort ?? 'POSITION'](a, b) || bytes(atob(a.id), atob(b.id))

type Seated = { id: string; name: string; seat: number }

/** By party and name. */
export const compareMembers = (a: Seated, b: Seated) =>
  a.seat - b.seat || swedish.compare(a.name, b.name) || bytes(atob(a.id), atob(b.id))

export type ProposalFacts = { id: string; createdAt: string; openedAt: string | null }

/** What was never opened first, then the last opened; within, the last drafted. */
export const compareProposals = (a: ProposalFacts, b: ProposalFacts) =>
  (a.openedAt === b.openedAt ? 0 : a.openedAt === null ? -1 : b.openedAt === null ? 1 : bytes(b.openedAt, a.openedAt)) ||
  bytes(b.createdAt, a.createdAt) ||
  bytes(atob(b.id), atob(a.id))
