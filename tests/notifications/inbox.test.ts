import { afterAll, expect, test } from 'vitest'
import { mint, uuidOf, type Actor } from '../world/actor.ts'
import { does, jointTask, newTask } from '../world/acts.ts'
import { eventually } from '../world/eventually.ts'
import { openWorld } from '../world/world.ts'
import { caughtUp } from './expected.ts'

const world = await openWorld()
afterAll(world.close)

interface Notification {
  readonly id: string
  readonly reason: string
  readonly task: { readonly id: string; readonly title: string } | null
  readonly clause: { readonly heading: string } | null
  readonly proposal: { readonly id: string; readonly title: string } | null
  readonly readAt: string | null
  readonly doneAt: string | null
  readonly dueOn: string | null
  readonly entry: { readonly kind: string; readonly actor: { readonly id: string } } | null
  readonly subject: { readonly id: string } | null
}
interface Inbox {
  readonly unreadCount: number
  readonly inbox: { readonly nodes: readonly Notification[] }
}

const INBOX = `query ($filter: InboxFilter) { viewer { unreadCount inbox(filter: $filter, first: 100) {
  nodes { id reason readAt doneAt dueOn task { id title } clause { heading } proposal { id title } entry { kind actor { id } } subject { id } } } } }`
const inboxOf = async (who: Actor, filter: object = {}): Promise<Inbox> =>
  (await who.query<{ viewer: Inbox }>(INBOX, { filter })).viewer
const about = async (who: Actor, title: string, filter: object = {}) =>
  (await inboxOf(who, filter)).inbox.nodes.filter(
    ({ task, clause, proposal }) => (task?.title ?? clause?.heading ?? proposal?.title) === title,
  )
const told = () => eventually('the inbox is as far as the streams', () => caughtUp(world))

const handle = (who: Actor, field: string, input: object) => {
  const answer = field.endsWith('Notifications')
    ? '... on InboxChanged { unreadCount notifications { id readAt doneAt } }'
    : '... on MutesChanged { mutes { reason task { id } } }'
  return who.mutate(
    `mutation ($input: ${field.charAt(0).toUpperCase()}${field.slice(1)}Input!) { ${field}(input: $input) { __typename ${answer}
      ... on NotFound { field } ... on InvalidInput { issues { field code } } } }`,
    { input },
  )
}

const torsby = await world.as('Torsby')
const tuva = await world.as('Torsby', 'CONTRIBUTOR')
const pia = await world.as('Polisen')

test('a notification is its member’s alone, also within the party: read, acted on, followed', async () => {
  const title = 'Nattvandring vid bron'
  await newTask(torsby, { title, assignees: [tuva.memberId] })
  await told()
  const [given] = await about(tuva, title)
  expect(given).toMatchObject({
    reason: 'ASSIGNED',
    readAt: null,
    entry: { kind: 'task.created', actor: { id: torsby.memberId } },
  })
  expect(await about(torsby, title)).toEqual([])
  const id = given?.id ?? ''
  const never = btoa(`Notification:${mint()}`)
  for (const which of [id, never]) {
    expect((await torsby.query('query ($id: ID!) { node(id: $id) { id } }', { id: which })).node).toBeNull()
    for (const field of ['readNotifications', 'unreadNotifications', 'finishNotifications', 'reopenNotifications'])
      expect(await handle(torsby, field, { ids: [which] })).toEqual({ __typename: 'NotFound', field: 'ids' })
    expect(await handle(torsby, 'readNotifications', { upTo: which })).toEqual({ __typename: 'NotFound', field: 'upTo' })
  }
  const stream = torsby.follow({ after: await tuva.personalCursor() })
  expect((await stream.untilResync()).reason).toBe('UNKNOWN')
  await stream.stop()
  expect((await about(tuva, title))[0]).toEqual(given)
})

test('read, unread, done and back, once under a key, and the number follows', async () => {
  const title = 'Belysning vid bron'
  const { id: task } = await jointTask(torsby, { title })
  const texts = ['Ett', 'Två', 'Tre']
  for (const text of texts) await does(pia, 'writeComment', { id: mint(), task, text, audience: 'AS_PARENT' })
  await told()
  const before = (await inboxOf(torsby)).unreadCount
  const [third, second, first] = await about(torsby, title)
  if (!first || !second || !third) throw new Error('not told of all')
  expect([first, second, third].map(({ reason }) => reason)).toEqual(['COMMENT', 'COMMENT', 'COMMENT'])

  const key = { ids: [first.id], idempotencyKey: mint() }
  const read = await handle(torsby, 'readNotifications', key)
  expect(read).toMatchObject({ __typename: 'InboxChanged', unreadCount: before - 1 })
  expect(await handle(torsby, 'readNotifications', key)).toEqual(read)
  expect((await handle(torsby, 'unreadNotifications', { ids: [first.id] }))['unreadCount']).toBe(before)
  expect((await handle(torsby, 'finishNotifications', { ids: [first.id, second.id] }))['unreadCount']).toBe(before - 2)
  expect((await about(torsby, title)).map(({ id }) => id)).toEqual([third.id])
  expect((await about(torsby, title, { done: true })).map(({ id }) => id)).toEqual([second.id, first.id])
  await handle(torsby, 'reopenNotifications', { ids: [second.id] })
  expect((await about(torsby, title)).map(({ id }) => id)).toEqual([third.id, second.id])

  // All up to one: what came after it stays unread.
  expect((await handle(torsby, 'readNotifications', { upTo: second.id }))['unreadCount']).toBe(1)
  expect((await about(torsby, title, { unread: true })).map(({ id }) => id)).toEqual([third.id])
  expect(await handle(torsby, 'readNotifications', {})).toMatchObject({ issues: [{ field: 'ids', code: 'EMPTY' }] })
})

test('a muted task and a muted reason are silent until that is lifted', async () => {
  const title = 'Trygga hållplatser'
  const { id: task } = await jointTask(torsby, { title })
  const say = async () => {
    await does(pia, 'writeComment', { id: mint(), task, text: 'Hör ni?', audience: 'AS_PARENT' })
    await told()
    return (await about(torsby, title)).length
  }
  expect(await say()).toBe(1)
  expect(await handle(torsby, 'muteThread', { task })).toMatchObject({ mutes: [{ reason: null, task: { id: task } }] })
  expect(await handle(torsby, 'muteThread', { task })).toMatchObject({ mutes: [{ task: { id: task } }] })
  expect(await say()).toBe(1)
  expect(await handle(torsby, 'unmuteThread', { task })).toMatchObject({ mutes: [] })
  await handle(torsby, 'muteReason', { reason: 'COMMENT' })
  expect(await say()).toBe(1)
  expect((await pia.query<{ viewer: { mutes: unknown[] } }>('{ viewer { mutes { reason } } }')).viewer.mutes).toEqual([])
  await handle(torsby, 'unmuteReason', { reason: 'COMMENT' })
  expect(await say()).toBe(2)
})

test('a last day that comes close is told once to whoever does the task, by the clock of the collaboration', async () => {
  const day = (days: number) =>
    new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Stockholm' }).format(new Date(Date.now() + days * 86_400_000))
  const title = 'Lämna in rapporten'
  const due = await newTask(torsby, { title, dueOn: day(1), assignees: [tuva.memberId] })
  await newTask(torsby, { title: 'Långt kvar', dueOn: day(3), assignees: [tuva.memberId] })
  const reminders = async () => (await about(tuva, title)).filter(({ reason }) => reason === 'DUE')
  // Whoever starts looks at the days at once; two do, and one that is started again.
  await world.anotherServer()
  await eventually('the reminder is there', async () => (await reminders()).length > 0)
  await world.server.kill()
  await world.server.start()
  await told()
  expect(await reminders()).toMatchObject([{ entry: null, dueOn: day(1), subject: { id: due.id } }])
  expect((await about(tuva, 'Långt kvar')).map(({ reason }) => reason)).toEqual(['ASSIGNED'])
  expect((await about(torsby, title)).length).toBe(0)
})

test('whoever has left is told of nothing more', async () => {
  const { id: task } = await jointTask(torsby, { title: 'Utan Tuva', assignees: [tuva.memberId] })
  await told()
  await does(torsby, 'removeMember', { id: tuva.memberId })
  const count = async () =>
    (
      await world.sql<{ n: number }>('select count(*)::int as n from notification where member_id = $1', [uuidOf(tuva.memberId)])
    )[0]?.n
  const before = await count()
  await does(pia, 'writeComment', { id: mint(), task, text: 'Är du kvar?', audience: 'AS_PARENT' })
  await told()
  expect(await count()).toBe(before)
})
