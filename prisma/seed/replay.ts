// Lives the story through, event by event, in the order in which it happened to all of them together. What comes out is
// what a journal needs: for every event the state before and after, and who could read it.

import type { Audience, MemberKey, PartyKey, Pilot, StoryEvent, StoryTask, TaskState } from './story.ts'

/** A task at one moment. */
export type TaskNow = {
  title: string
  description: string
  due: number | null
  responsible: PartyKey[]
  assignees: MemberKey[]
  audience: Audience
  /** Parties ever named when sharing; becoming joint does not strike them out. */
  listed: PartyKey[]
  state: TaskState
  archived: boolean
  version: number
  readers: PartyKey[]
}

/** A comment at one moment. Its readers are those of the moment when it was written. */
export type CommentNow = {
  n: number
  by: MemberKey
  audience: 'AS_PARENT' | 'OWN'
  text: string
  withdrawn: boolean
  version: number
  readers: PartyKey[]
}

export type Step = { task: StoryTask; event: StoryEvent } & (
  | { subject: 'Task'; before: TaskNow | null; after: TaskNow }
  | { subject: 'Comment'; before: CommentNow | null; after: CommentNow }
)

export type Outcome = { steps: Step[]; tasks: Map<number, TaskNow>; comments: Map<number, CommentNow[]> }

const everybody: PartyKey[] = ['S', 'T', 'H', 'M', 'P', 'R']

export const readersOf = (owner: PartyKey, audience: Audience): PartyKey[] =>
  audience === 'JOINT'
    ? everybody
    : everybody.filter((party) => party === owner || (audience !== 'OWN' && audience.includes(party)))

/** The task as it was when it was created. */
const firstState = (task: StoryTask, by: MemberKey): TaskNow => ({
  title: task.title,
  description: task.description,
  due: task.due,
  ...task.initially,
  responsible: [task.party],
  assignees: [by],
  audience: 'OWN',
  listed: [],
  state: 'GIVEN',
  archived: false,
  version: 1,
  readers: [task.party],
})

/** Throws on what cannot happen, such as a change to a task before it was created. */
export function replay(pilot: Pilot): Outcome {
  const partyOf = new Map(pilot.members.map((member) => [member.key, member.party]))
  const tasks = new Map<number, TaskNow>()
  const comments = new Map<number, CommentNow[]>()

  const step = (task: StoryTask, event: StoryEvent): Step => {
    const where = `task ${task.number}, day ${event.day} ${event.time}`
    const before = tasks.get(task.number)
    if (event.did === 'created') {
      if (before) throw new Error(`${where}: created twice`)
      const after = firstState(task, event.by)
      tasks.set(task.number, after)
      comments.set(task.number, [])
      return { task, event, subject: 'Task', before: null, after }
    }
    if (!before) throw new Error(`${where}: not created yet`)

    const change = (fields: Partial<TaskNow>): Step => {
      const after = { ...before, ...fields, version: before.version + 1 }
      tasks.set(task.number, after)
      return { task, event, subject: 'Task', before, after }
    }
    const thread = comments.get(task.number) ?? []
    const changeComment = (n: number, fields: Partial<CommentNow>): Step => {
      const written = thread.find((comment) => comment.n === n)
      if (!written) throw new Error(`${where}: no comment ${n}`)
      const after = { ...written, ...fields, version: written.version + 1 }
      thread.splice(thread.indexOf(written), 1, after)
      return { task, event, subject: 'Comment', before: written, after }
    }

    switch (event.did) {
      case 'edited':
        return change(event.fields)
      case 'assigned':
        return change(event.hands)
      case 'moved':
        return change({ state: event.to })
      case 'shared':
        return change({
          audience: event.audience,
          listed: Array.isArray(event.audience) ? [...new Set([...before.listed, ...event.audience])] : before.listed,
          readers: readersOf(task.party, event.audience),
        })
      case 'archived':
        return change({ archived: true })
      case 'restored':
        return change({ archived: false })
      case 'commented': {
        const party = partyOf.get(event.by)
        if (!party) throw new Error(`${where}: nobody is called ${event.by}`)
        const readers = event.audience === 'OWN' ? [party] : before.readers
        const after = {
          n: event.n,
          by: event.by,
          audience: event.audience,
          text: event.text,
          withdrawn: false,
          version: 1,
          readers,
        }
        thread.push(after)
        return { task, event, subject: 'Comment', before: null, after }
      }
      case 'reworded':
        return changeComment(event.n, { text: event.text })
      case 'withdrew':
        return changeComment(event.n, { text: '', withdrawn: true })
    }
  }

  // Stable, so that what happens within a task in the same minute keeps its order.
  const steps = pilot.tasks
    .flatMap((task) => task.history.map((event) => ({ task, event })))
    .toSorted((a, b) => a.event.day - b.event.day || (a.event.time < b.event.time ? -1 : a.event.time > b.event.time ? 1 : 0))
    .map(({ task, event }) => step(task, event))
  return { steps, tasks, comments }
}
