// A step of the story as the database wants it: columns of a row, and what the journal says has changed. Texts stand in the
// journal as { text }, which sealing turns into commitments.

import { instant, workingDay } from './calendar.ts'
import { commentId, fixedId, taskId } from './ids.ts'
import { pilot } from './pilot.ts'
import type { CommentNow, Step, TaskNow } from './replay.ts'
import type { MemberKey, PartyKey, StoryMember, StoryParty } from './story.ts'

type Stored = string | null | string[] | { text: string }
export type Changes = Record<string, { from: Stored; to: Stored }>
export type Entry = {
  kind: string
  subjectType: string
  subjectId: string
  version: number
  changes: Changes
  formerReaders: string[]
}

const parties = new Map(pilot.parties.map((party) => [party.key, party]))
const members = new Map(pilot.members.map((member) => [member.key, member]))

export function party(key: PartyKey): StoryParty {
  const found = parties.get(key)
  if (!found) throw new Error(`no party ${key}`)
  return found
}

export function member(key: MemberKey): StoryMember {
  const found = members.get(key)
  if (!found) throw new Error(`no member ${key}`)
  return found
}

const partyIds = (keys: PartyKey[]): string[] => keys.map((key) => party(key).id)

/** Dates as seen from the day on which the story is planted. */
export type Calendar = { today: string; timeZone: string }

export const at = ({ today, timeZone }: Calendar, day: number, time: string): Date =>
  instant(workingDay(today, day), time, timeZone)

/** The columns of a task that its history moves. */
export function taskColumns(task: TaskNow, { today }: Calendar) {
  const { title, description, state, audience } = task
  return {
    audience: Array.isArray(audience) ? ('SHARED' as const) : audience,
    sharedWith: partyIds(task.listed),
    responsible: partyIds(task.responsible),
    assignees: task.assignees.map((key) => member(key).id),
    dueOn: task.due === null ? null : workingDay(today, task.due),
    title,
    description,
    state,
  }
}

type Columns = ReturnType<typeof taskColumns>
type Field = keyof Columns
const texts = new Set<Field>(['title', 'description'])
const stored = (field: Field, value: string | string[] | null): Stored =>
  texts.has(field) && typeof value === 'string' ? { text: value } : value

/** What a task has before it is created. */
const nothing = {
  audience: null,
  sharedWith: [],
  responsible: [],
  assignees: [],
  dueOn: null,
  title: null,
  description: '',
  state: null,
}

/** Of the named fields those that differ, from the old value to the new. */
function difference(fields: readonly Field[], before: Record<Field, string | string[] | null>, after: Columns): Changes {
  const differing = fields.filter((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]))
  return Object.fromEntries(
    differing.map((field) => [field, { from: stored(field, before[field]), to: stored(field, after[field]) }]),
  )
}

/** Sharing carries no earlier values: what was before stays the owner's own. */
const withoutEarlier = (changes: Changes): Changes =>
  Object.fromEntries(Object.entries(changes).map(([field, { to }]) => [field, { from: null, to }]))

const taskKinds = {
  created: { kind: 'task.created', fields: ['title', 'description', 'dueOn', 'responsible', 'assignees', 'state'] },
  edited: { kind: 'task.edited', fields: ['title', 'description', 'dueOn'] },
  assigned: { kind: 'task.assigned', fields: ['responsible', 'assignees'] },
  moved: { kind: 'task.moved', fields: ['state'] },
  shared: { kind: 'task.shared', fields: ['audience', 'sharedWith'] },
  archived: { kind: 'task.archived', fields: [] },
  restored: { kind: 'task.restored', fields: [] },
} as const

export function taskEntry(
  step: Step & { subject: 'Task' },
  calendar: Calendar,
  position: { from: string | null; to: string },
): Entry {
  const { did } = step.event
  if (did === 'commented' || did === 'reworded' || did === 'withdrew') throw new Error(`${did} is not about a task`)
  const { kind, fields } = taskKinds[did]
  const before = step.before ? taskColumns(step.before, calendar) : nothing
  const changed = difference(fields, before, taskColumns(step.after, calendar))
  const changes = did === 'shared' ? withoutEarlier(changed) : changed
  return {
    kind,
    subjectType: 'Task',
    subjectId: taskId(step.task.number),
    version: step.after.version,
    changes: {
      ...changes,
      ...(did === 'moved' && { position }),
      ...(did === 'created' &&
        step.task.clause !== undefined && { clause: { from: null, to: fixedId('clause', step.task.clause) } }),
    },
    formerReaders: partyIds(step.before?.readers ?? step.after.readers),
  }
}

export function commentEntry(step: Step & { subject: 'Comment' }): Entry {
  const text = (comment: CommentNow | null): Stored => comment && { text: comment.text }
  const kind = !step.before ? 'comment.written' : step.after.withdrawn ? 'comment.withdrawn' : 'comment.edited'
  return {
    kind,
    subjectType: 'Comment',
    subjectId: commentId(step.task.number, step.after.n),
    version: step.after.version,
    changes: step.after.withdrawn ? {} : { text: { from: text(step.before), to: text(step.after) } },
    formerReaders: partyIds(step.after.readers),
  }
}

export const joinedEntry = ({ id, party: key }: StoryMember): Entry => ({
  kind: 'member.joined',
  subjectType: 'Member',
  subjectId: id,
  version: 2,
  changes: {},
  formerReaders: [party(key).id],
})
