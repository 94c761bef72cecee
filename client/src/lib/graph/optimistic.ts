// Guards: what shows before the answer is what the acting person asked for, and goes again if it is refused.
//
// What an act looks like before the server has answered. Only what the acting person asked for; whatever depends on others (sharing,
// inviting, removing) waits for the answer.
import { generateKeyBetween } from 'fractional-indexing'
import type { Cache, CacheExchangeOpts } from '@urql/exchange-graphcache'
import { globalId } from './ids.ts'
import { storedId } from './minted.ts'

type Input = Readonly<Record<string, unknown>>

const text = (value: unknown) => (typeof value === 'string' ? value : null)
const list = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : []
const inputOf = (args: Readonly<Record<string, unknown>>): Input => (args.input ?? {}) as Input
const references = (type: string, ids: unknown) => list(ids).map((id) => ({ __typename: type, id }))
const referenceTo = (type: string, key: unknown) => {
  const found = text(key)
  return found ? { __typename: type, id: found.slice(type.length + 1) } : null
}

const now = () => new Date().toISOString()
const cursor = ''

const viewerOf = (cache: Cache) => {
  const viewer = text(cache.resolve('Query', 'viewer'))
  return {
    member: referenceTo('Member', cache.resolve(viewer, 'member')),
    party: referenceTo('Party', cache.resolve(viewer, 'party')),
  }
}

/** Who reads a clause: all but guests. */
const jointParties = (cache: Cache) =>
  list(cache.resolve(text(cache.resolve('Query', 'collaboration')), 'parties')).filter(
    (key) => cache.resolve(key, 'role') !== 'GUEST',
  )

/** Positions of the column's tasks as far as any list has them, in order, without the one that moves. */
const positionsIn = (cache: Cache, state: unknown, except: string) => {
  const collaboration = text(cache.resolve('Query', 'collaboration'))
  const positions = new Map<string, string>()
  for (const { fieldName, fieldKey } of cache.inspectFields(collaboration)) {
    if (fieldName !== 'tasks') continue
    for (const key of list(cache.resolve(text(cache.resolve(collaboration, fieldKey)), 'nodes'))) {
      const position = text(cache.resolve(key, 'position'))
      if (key !== `Task:${except}` && position && cache.resolve(key, 'state') === state) positions.set(key, position)
    }
  }
  return [...positions.values()].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
}

/** Where the task will stand; the server decides, and is nearly always of the same mind. */
const positionAfter = (cache: Cache, state: unknown, id: string, after: string | null) => {
  const positions = positionsIn(cache, state, id)
  const above = after === null ? null : text(cache.resolve(`Task:${after}`, 'position'))
  const below = positions.find((position) => above === null || position > above) ?? null
  try {
    return generateKeyBetween(above, below)
  } catch {
    return above ?? below ?? 'a0'
  }
}

/** The same task with some fields changed; absent ones stay as the cache has them. */
const changed = (id: unknown, fields: Input) => ({
  __typename: 'TaskChanged',
  cursor,
  task: { __typename: 'Task', id: text(id) ?? '', ...fields },
})

const given = (input: Input, fields: readonly string[]) =>
  Object.fromEntries(fields.filter((field) => input[field] !== undefined).map((field) => [field, input[field]]))

/** Those named in another state, and how many are unread then. All up to one waits for the answer. */
type Handled = { readAt?: string | null; doneAt?: string | null; snoozedUntil?: string | null }
const handled = (cache: Cache, named: unknown, fields: Handled) => {
  if (!Array.isArray(named)) return null
  const ids = list(named)
  const isUnread = (id: string, then: Handled) =>
    (['readAt', 'doneAt', 'snoozedUntil'] as const).every(
      (field) => (then[field] === undefined ? cache.resolve(`Notification:${id}`, field) : then[field]) === null,
    )
  const shift = ids.reduce((sum, id) => sum + Number(isUnread(id, fields)) - Number(isUnread(id, {})), 0)
  const count = cache.resolve(text(cache.resolve('Query', 'viewer')), 'unreadCount')
  return {
    __typename: 'InboxChanged',
    cursor,
    unreadCount: Math.max(0, Number(count ?? 0) + shift),
    notifications: ids.map((id) => ({ __typename: 'Notification', id, ...fields })),
  }
}

export const optimistic: NonNullable<CacheExchangeOpts['optimistic']> = {
  createTask: (args, cache) => {
    const input = inputOf(args)
    const { member, party } = viewerOf(cache)
    const id = globalId('Task', storedId(text(input.id) ?? ''))
    const state = input.state ?? 'GIVEN'
    const positions = positionsIn(cache, state, id)
    const at = now()
    return changed(id, {
      title: input.title,
      description: input.description ?? '',
      state,
      position: generateKeyBetween(positions.at(-1) ?? null, null),
      audience: 'OWN',
      dueOn: input.dueOn ?? null,
      version: 1,
      createdAt: at,
      updatedAt: at,
      archivedAt: null,
      commentCount: 0,
      party,
      createdBy: member,
      clause: referenceTo('Clause', input.clause && `Clause:${text(input.clause)}`),
      sharedWith: [],
      readers: party ? [party] : [],
      responsible: references('Party', input.responsible),
      assignees: references('Member', input.assignees),
    })
  },
  editTask: (args) => {
    const input = inputOf(args)
    const clause =
      input.clause === undefined ? {} : { clause: referenceTo('Clause', input.clause && `Clause:${text(input.clause)}`) }
    return changed(input.id, { ...given(input, ['title', 'description', 'dueOn']), ...clause })
  },
  assignTask: (args) => {
    const input = inputOf(args)
    const responsible = input.responsible === undefined ? {} : { responsible: references('Party', input.responsible) }
    const assignees = input.assignees === undefined ? {} : { assignees: references('Member', input.assignees) }
    return changed(input.id, { ...responsible, ...assignees })
  },
  moveTask: (args, cache) => {
    const { id, state, after } = inputOf(args)
    return changed(id, { state, position: positionAfter(cache, state, text(id) ?? '', text(after)) })
  },
  archiveTask: (args) => changed(inputOf(args).id, { archivedAt: now() }),
  restoreTask: (args) => changed(inputOf(args).id, { archivedAt: null }),
  writeComment: (args, cache) => {
    const input = inputOf(args)
    const { member, party } = viewerOf(cache)
    const [task, clause] = [text(input.task), text(input.clause)]
    const count = cache.resolve(`Task:${task}`, 'commentCount')
    const answered = referenceTo('Comment', input.answers && `Comment:${text(input.answers)}`)
    const all = answered
      ? list(cache.resolve(`Comment:${answered.id}`, 'readers'))
      : task === null
        ? jointParties(cache)
        : list(cache.resolve(`Task:${task}`, 'readers'))
    // An answer to what is kept inside stays inside.
    const audience = answered && cache.resolve(`Comment:${answered.id}`, 'audience') === 'OWN' ? 'OWN' : text(input.audience)
    const readers = audience === 'OWN' ? [party] : all.map((key) => referenceTo('Party', key))
    return {
      __typename: 'CommentChanged',
      cursor,
      comment: {
        __typename: 'Comment',
        id: globalId('Comment', storedId(text(input.id) ?? '')),
        text: text(input.text),
        audience,
        version: 1,
        writtenAt: now(),
        editedAt: null,
        withdrawnAt: null,
        author: member,
        party,
        readers,
        // What comes with it is known when it is answered.
        files: [],
        task: task === null ? null : { __typename: 'Task', id: task, commentCount: (typeof count === 'number' ? count : 0) + 1 },
        clause: clause === null ? null : { __typename: 'Clause', id: clause },
        answers: answered,
      },
    }
  },
  editComment: (args) => {
    const { id, text: words } = inputOf(args)
    const comment = { __typename: 'Comment', id: text(id) ?? '', text: text(words), editedAt: now() }
    return { __typename: 'CommentChanged', cursor, comment }
  },
  withdrawComment: (args) => {
    const comment = { __typename: 'Comment', id: text(inputOf(args).id) ?? '', text: '', withdrawnAt: now() }
    return { __typename: 'CommentChanged', cursor, comment }
  },
  readNotifications: (args, cache) => handled(cache, inputOf(args).ids, { readAt: now(), snoozedUntil: null }),
  unreadNotifications: (args, cache) => handled(cache, inputOf(args).ids, { readAt: null }),
  finishNotifications: (args, cache) => handled(cache, inputOf(args).ids, { readAt: now(), doneAt: now(), snoozedUntil: null }),
  reopenNotifications: (args, cache) => handled(cache, inputOf(args).ids, { doneAt: null }),
  snoozeNotifications: (args, cache) =>
    handled(cache, inputOf(args).ids, { doneAt: null, snoozedUntil: text(inputOf(args).until) }),
  wakeNotifications: (args, cache) => handled(cache, inputOf(args).ids, { snoozedUntil: null }),
  changeMember: (args) => {
    const input = inputOf(args)
    const member = { __typename: 'Member', id: text(input.id) ?? '', ...given(input, ['name', 'title', 'roles']) }
    return { __typename: 'MemberChanged', cursor, member }
  },
}
