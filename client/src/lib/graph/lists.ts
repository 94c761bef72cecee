// Guards: a thing is in exactly those loaded lists, and at that place, where a fresh query would have it.
//
// A changed entity is normalised by the cache without help; the lists it belongs to are not. Here is decided, for every loaded
// list, whether a thing is in it and where, so that the lists equal what a fresh query would give.
import type { Cache } from '@urql/exchange-graphcache'
import type { Change } from './changes.ts'
import { belongs, compareMembers, compareTasks, type Facts, type TaskFilter, type TaskSort } from './order.ts'
import { windowsOf } from './window.ts'

const text = (value: unknown) => (typeof value === 'string' ? value : null)
const ids = (value: unknown) =>
  Array.isArray(value)
    ? value.filter((key): key is string => typeof key === 'string').map((key) => key.slice(key.indexOf(':') + 1))
    : []

const factsOf = (cache: Cache, key: string): Facts | null => {
  const read = (field: string) => cache.resolve(key, field)
  const [id, title, state, position, audience] = [
    read('id'),
    read('title'),
    read('state'),
    read('position'),
    read('audience'),
  ].map(text)
  if (id == null || title == null || state == null || position == null || audience == null) return null
  return {
    id,
    title,
    state,
    position,
    audience,
    description: text(read('description')) ?? undefined,
    dueOn: text(read('dueOn')),
    updatedAt: text(read('updatedAt')) ?? '',
    archivedAt: text(read('archivedAt')),
    responsible: ids(read('responsible')),
    assignees: ids(read('assignees')),
  }
}

/** The task before these entries, latest first; null when the party could not read it then. */
const before = (facts: Facts, entries: readonly Change[]): Facts | null => {
  const past = { ...facts }
  for (const { kind, changes } of entries) {
    if (kind === 'task.created') return null
    if (kind === 'task.archived') past.archivedAt = null
    if (kind === 'task.restored') past.archivedAt = past.updatedAt
    for (const { field, from } of changes) {
      const single = from?.[0] ?? null
      if (field === 'audience' && single === null) return null
      if (field === 'responsible' || field === 'assignees') past[field] = from?.filter((id) => id !== null) ?? []
      if (field === 'dueOn') past.dueOn = single
      if (field === 'title' || field === 'description' || field === 'state' || field === 'audience') past[field] = single ?? ''
    }
  }
  return past
}

export const collaborationOf = (cache: Cache) => text(cache.resolve('Query', 'collaboration'))

/**
 * Puts a task where it belongs in every loaded list of tasks. `entries` are what an event tells of it, latest first; for an act
 * of one's own there are none yet, and the event follows.
 */
export const placeTask = (cache: Cache, key: string, entries?: readonly Change[]) => {
  const collaboration = collaborationOf(cache)
  const now = factsOf(cache, key)
  if (!collaboration || !now) return
  const then = entries && before(now, entries)
  for (const window of windowsOf(cache, collaboration, 'tasks', pagesOfTasks(cache))) {
    const filter = window.args.filter as TaskFilter | null | undefined
    const compare = compareTasks(window.args.sort as TaskSort | null | undefined)
    const member = belongs(now, filter)
    window.remove(key)
    if (member) {
      window.place(key, (other) => {
        const there = factsOf(cache, other)
        return there !== null && compare(now, there) < 0
      })
    }
    const was = then ? belongs(then, filter) : false
    window.save(entries ? Number(member) - Number(was) : 0, entries !== undefined)
  }
  placeUnderClauses(cache, key, now, then, entries)
}

const clauseOf = (id: string | null | undefined) => (id ? `Clause:${id}` : null)

/** The clauses that a task names now and has named in these entries. */
const clausesOf = (cache: Cache, key: string, entries: readonly Change[]) => {
  const moves = entries.flatMap(({ changes }) => changes.filter(({ field }) => field === 'clause'))
  return new Set([text(cache.resolve(key, 'clause')), ...moves.map(({ from }) => clauseOf(from?.[0]))])
}

/**
 * Takes a thing out of the lists whose order may have changed for it, for a moment: where several move, each is placed among those
 * that stand, and one that has yet to move says nothing of the order.
 */
export const lift = (cache: Cache, key: string, entries: readonly Change[]) => {
  const fields: Readonly<Record<string, string>> = { Task: 'tasks', Member: 'members', Proposal: 'proposals' }
  const field = fields[text(cache.resolve(key, '__typename')) ?? '']
  if (field === undefined) return
  const clauses = field === 'tasks' ? clausesOf(cache, key, entries) : []
  for (const place of [collaborationOf(cache), text(cache.resolve(key, 'agreement')), ...clauses]) {
    for (const window of place ? windowsOf(cache, place, field, pagesOfTasks(cache)) : []) {
      window.remove(key)
      window.save(0, false)
    }
  }
}

/** Puts a task where it belongs among the tasks of a clause: of the one that it names now, and of those that it named. */
const placeUnderClauses = (
  cache: Cache,
  key: string,
  now: Facts,
  then: Facts | null | undefined,
  entries: readonly Change[] = [],
) => {
  const named = text(cache.resolve(key, 'clause'))
  const moves = entries.flatMap(({ changes }) => changes.filter(({ field }) => field === 'clause'))
  const former = moves.length > 0 ? clauseOf(moves.at(-1)?.from?.[0]) : named
  const compare = compareTasks('POSITION')
  for (const clause of clausesOf(cache, key, entries)) {
    if (clause === null) continue
    for (const window of windowsOf(cache, clause, 'tasks', pagesOfTasks(cache))) {
      const member = clause === named && belongs(now, null)
      window.remove(key)
      if (member) {
        window.place(key, (other) => {
          const there = factsOf(cache, other)
          return there !== null && compare(now, there) < 0
        })
      }
      const was = then ? clause === former && belongs(then, null) : false
      window.save(entries.length > 0 ? Number(member) - Number(was) : 0, entries.length > 0)
    }
  }
}

const pagesOfTasks =
  (cache: Cache) =>
  (a: { nodes: string[]; args: Record<string, unknown> }, b: { nodes: string[] }): number => {
    const [one, other] = [a.nodes[0], b.nodes[0]].map((key) => (key === undefined ? null : factsOf(cache, key)))
    if (!one || !other) return one ? -1 : other ? 1 : 0
    return compareTasks(a.args.sort as TaskSort | null | undefined)(one, other)
  }

/** What a comment is about: a task or a clause. */
const aboutOf = (cache: Cache, key: string) => text(cache.resolve(key, 'task')) ?? text(cache.resolve(key, 'clause'))

/** A thing that may no longer be read leaves every list, and whoever shows it asks anew and is told nothing. */
export const forget = (cache: Cache, key: string) => {
  const collaboration = collaborationOf(cache)
  if (collaboration) {
    for (const field of ['tasks', 'members', 'keys', 'calendarLinks', 'webhooks']) {
      for (const window of windowsOf(cache, collaboration, field, () => 0)) {
        if (!window.has(key) && window.complete) continue
        window.remove(key)
        window.save(-1, true)
      }
    }
  }
  const about = aboutOf(cache, key)
  if (about) {
    for (const window of windowsOf(cache, about, 'comments', () => 0)) {
      window.remove(key)
      window.save(-1, true)
    }
  }
  // What happened to it stays told, without it.
  for (const place of [collaboration, about]) {
    for (const { fieldKey } of activitiesOf(cache, place)) {
      const entries = cache.resolve(text(cache.resolve(place, fieldKey)), 'nodes')
      for (const entry of Array.isArray(entries) ? entries : []) {
        if (typeof entry === 'string' && cache.resolve(entry, 'subject') === key) cache.link(entry, 'subject', null)
      }
    }
  }
  cache.invalidate(key)
}

const named = (cache: Cache, key: string) => ({
  id: text(cache.resolve(key, 'id')) ?? '',
  name: text(cache.resolve(key, 'name')) ?? '',
  seat: Number(cache.resolve(text(cache.resolve(key, 'party')), 'ordinal') ?? 0),
})

export const placeMember = (cache: Cache, key: string, entries?: readonly Change[]) => {
  const collaboration = collaborationOf(cache)
  const now = named(cache, key)
  if (!collaboration || !now.id) return
  const removed = text(cache.resolve(key, 'removedAt')) !== null
  const last = entries?.[0]?.kind
  for (const window of windowsOf(cache, collaboration, 'members', () => 0)) {
    const all = window.args.removed === true
    window.remove(key)
    if (all || !removed) window.place(key, (other) => compareMembers(now, named(cache, other)) < 0)
    const shift = last === 'member.invited' ? 1 : last === 'member.removed' && !all ? -1 : 0
    window.save(shift, entries !== undefined)
  }
}

/** A key joins the party's keys, latest first, and stays there when it is revoked. Calendar links and webhooks do so among their like. */
const placeOnceMade =
  (field: 'keys' | 'calendarLinks' | 'webhooks', kind: string) => (cache: Cache, key: string, entries?: readonly Change[]) => {
    const collaboration = collaborationOf(cache)
    if (!collaboration) return
    const made = (other: string) =>
      `${text(cache.resolve(other, 'madeAt')) ?? ''} ${atob(text(cache.resolve(other, 'id')) ?? '')}`
    const at = made(key)
    for (const window of windowsOf(cache, collaboration, field, () => 0)) {
      if (window.has(key)) continue
      window.place(key, (other) => made(other) < at)
      window.save(entries?.some((entry) => entry.kind === kind) ? 1 : 0, entries !== undefined)
    }
  }

export const placeKey = placeOnceMade('keys', 'key.made')
export const placeCalendarLink = placeOnceMade('calendarLinks', 'calendar.made')
export const placeWebhook = placeOnceMade('webhooks', 'webhook.made')

const written = (cache: Cache, key: string) =>
  `${text(cache.resolve(key, 'writtenAt')) ?? ''} ${atob(text(cache.resolve(key, 'id')) ?? '')}`

/** A comment joins the comments of its task or clause in the order written. */
export const placeComment = (cache: Cache, key: string, entries?: readonly Change[]) => {
  const about = aboutOf(cache, key)
  if (!about) return
  const now = written(cache, key)
  for (const window of windowsOf(cache, about, 'comments', () => 0)) {
    if (window.has(key)) continue
    window.place(key, (other) => now < written(cache, other))
    window.save(entries?.some(({ kind }) => kind === 'comment.written') ? 1 : 0, entries !== undefined)
  }
}

const activitiesOf = (cache: Cache, place: string | null) =>
  cache.inspectFields(place).filter(({ fieldName }) => fieldName === 'activity')

/** Whether anybody looks at the activity of the task, or of the whole collaboration. */
export const showsActivity = (cache: Cache, place: string) => activitiesOf(cache, place).length > 0

/** An entry joins the activity there, latest first, where what came after some instant is wanted only if it did. */
export const placeEntry = (cache: Cache, place: string, key: string) => {
  const when = (entry: string) => `${text(cache.resolve(entry, 'at')) ?? ''} ${atob(text(cache.resolve(entry, 'id')) ?? '')}`
  const at = when(key)
  for (const window of windowsOf(cache, place, 'activity', () => 0)) {
    const { since } = window.args
    if (window.has(key) || (typeof since === 'string' && (text(cache.resolve(key, 'at')) ?? '') <= since)) continue
    window.place(key, (other) => when(other) < at)
    window.save(0, true)
  }
}

/** A notification joins its member's inbox, newest first, and leaves the lists whose filter it no longer fits. */
export const placeNotification = (cache: Cache, key: string, settled: boolean) => {
  const viewer = text(cache.resolve('Query', 'viewer'))
  // What left every list has been forgotten: it comes back with the answer, which brings all of it.
  if (!viewer || !text(cache.resolve(key, 'at'))) return
  const when = (other: string) => `${text(cache.resolve(other, 'at')) ?? ''} ${atob(text(cache.resolve(other, 'id')) ?? '')}`
  const [read, done, snoozed, reason] = ['readAt', 'doneAt', 'snoozedUntil', 'reason'].map((field) =>
    text(cache.resolve(key, field)),
  )
  const at = when(key)
  for (const window of windowsOf(cache, viewer, 'inbox', () => 0)) {
    const filter = window.args.filter as InboxFilter | null | undefined
    const fits =
      (done != null) === (filter?.done ?? false) &&
      (snoozed != null) === (filter?.snoozed ?? false) &&
      (typeof filter?.unread !== 'boolean' || filter.unread === (read == null)) &&
      (!filter?.reasons || (reason != null && filter.reasons.includes(reason)))
    window.remove(key)
    if (fits) window.place(key, (other) => when(other) < at)
    window.save(0, settled)
  }
}

type InboxFilter = {
  unread?: boolean | null
  done?: boolean | null
  snoozed?: boolean | null
  reasons?: readonly string[] | null
}
