import { afterAll, expect, test } from 'vitest'
import { mint, uuidOf, type Actor } from '../world/actor.ts'
import { does, jointTask, newTask } from '../world/acts.ts'
import { awaitingVersion, clauseOf, draftProposal, openProposal, signatoriesOf } from '../world/agreements.ts'
import { eventually } from '../world/eventually.ts'
import { programOf } from '../world/program.ts'
import { openWorld } from '../world/world.ts'
import { partiesOf } from '../realtime/newcomers.ts'
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
  readonly snoozedUntil: string | null
  readonly dueOn: string | null
  readonly entry: { readonly kind: string; readonly actor: { readonly id: string } } | null
  readonly subject: { readonly id: string } | null
}
interface Inbox {
  readonly unreadCount: number
  readonly inbox: { readonly nodes: readonly Notification[] }
}

const INBOX = `query ($filter: InboxFilter) { viewer { unreadCount inbox(filter: $filter, first: 100) {
  nodes { id reason readAt doneAt snoozedUntil dueOn task { id title } clause { heading } proposal { id title } entry { kind actor { id } } subject { id } } } } }`
const inboxOf = async (who: Actor, filter: object = {}): Promise<Inbox> =>
  (await who.query<{ viewer: Inbox }>(INBOX, { filter })).viewer
const about = async (who: Actor, title: string, filter: object = {}) =>
  (await inboxOf(who, filter)).inbox.nodes.filter(
    ({ task, clause, proposal }) => (task?.title ?? clause?.heading ?? proposal?.title) === title,
  )
const told = () => eventually('the inbox is as far as the streams', () => caughtUp(world))

const documentOf = (field: string) => {
  const answer = field.endsWith('Notifications')
    ? '... on InboxChanged { unreadCount notifications { id readAt doneAt snoozedUntil } }'
    : '... on MutesChanged { mutes { reason task { id } clause { id } proposal { id } } }'
  return `mutation ($input: ${field.charAt(0).toUpperCase()}${field.slice(1)}Input!) { ${field}(input: $input) { __typename ${answer}
    ... on NotFound { field } ... on InvalidInput { issues { field code } } } }`
}
const handle = (who: Actor, field: string, input: object) => who.mutate(documentOf(field), { input })

/** Refused in the same words through both doors. */
const expectRefused = async (who: Actor, field: string, input: object, expected: object) => {
  expect(await handle(who, field, input), `${field} over HTTP`).toEqual(expected)
  const { data } = await who.askLive<Record<string, unknown>>(documentOf(field), { input })
  expect(data?.[field], `${field} over WebSocket`).toEqual(expected)
}
const invalid = (field: string, code: string) => ({ __typename: 'InvalidInput', issues: [{ field, code }] })
const unknown = (field: string) => ({ __typename: 'NotFound', field })

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString()

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
    for (const verb of ['read', 'unread', 'finish', 'reopen', 'wake'])
      await expectRefused(torsby, `${verb}Notifications`, { ids: [which] }, unknown('ids'))
    await expectRefused(torsby, 'snoozeNotifications', { ids: [which], until: inDays(1) }, unknown('ids'))
    await expectRefused(torsby, 'readNotifications', { upTo: which }, unknown('upTo'))
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
  await expectRefused(torsby, 'readNotifications', {}, invalid('ids', 'EMPTY'))
  await expectRefused(torsby, 'readNotifications', { ids: [second.id], upTo: second.id }, invalid('upTo', 'UNKNOWN'))
  await expectRefused(torsby, 'finishNotifications', { ids: [] }, invalid('ids', 'EMPTY'))
  await expectRefused(torsby, 'finishNotifications', { ids: [task] }, invalid('ids', 'UNKNOWN'))
  const many = Array.from({ length: 51 }, () => btoa(`Notification:${mint()}`))
  await expectRefused(torsby, 'finishNotifications', { ids: many }, invalid('ids', 'TOO_MANY'))
})

test('what is put away until later is out of the inbox and its number, and can be brought back, read and done with', async () => {
  const title = 'Senare om bron'
  const { id: task } = await jointTask(torsby, { title })
  for (const text of ['Ett', 'Två']) await does(pia, 'writeComment', { id: mint(), task, text, audience: 'AS_PARENT' })
  await told()
  const before = (await inboxOf(torsby)).unreadCount
  const [second, first] = await about(torsby, title)
  if (!first || !second) throw new Error('not told of all')
  const where = async () => ({
    inbox: (await about(torsby, title)).map(({ id }) => id),
    later: (await about(torsby, title, { snoozed: true })).map(({ id }) => id),
    done: (await about(torsby, title, { done: true })).map(({ id }) => id),
    unread: (await inboxOf(torsby)).unreadCount,
  })
  const both = [second.id, first.id]

  const asked = { ids: [first.id], until: inDays(3), idempotencyKey: mint() }
  const snoozed = await handle(torsby, 'snoozeNotifications', asked)
  expect(snoozed).toMatchObject({ unreadCount: before - 1, notifications: [{ snoozedUntil: asked.until, readAt: null }] })
  expect(await handle(torsby, 'snoozeNotifications', asked)).toEqual(snoozed)
  expect(await where()).toEqual({ inbox: [second.id], later: [first.id], done: [], unread: before - 1 })
  // All that is in the inbox is read; what is put away is not in it.
  await handle(torsby, 'readNotifications', { upTo: second.id })
  expect(await about(torsby, title, { snoozed: true })).toMatchObject([{ id: first.id, readAt: null }])
  await handle(torsby, 'wakeNotifications', { ids: [first.id] })
  expect(await where()).toMatchObject({ inbox: both, later: [], done: [] })
  expect((await about(torsby, title)).map(({ readAt }) => readAt === null)).toEqual([false, true])

  // Reading it or being done with it ends that; what was done is put away until later as well.
  await handle(torsby, 'snoozeNotifications', { ids: both, until: inDays(1) })
  await handle(torsby, 'readNotifications', { ids: [first.id] })
  await handle(torsby, 'finishNotifications', { ids: [second.id] })
  expect(await where()).toMatchObject({ inbox: [first.id], later: [], done: [second.id] })
  await handle(torsby, 'snoozeNotifications', { ids: [second.id], until: inDays(365) })
  expect(await where()).toMatchObject({ inbox: [first.id], later: [second.id], done: [] })

  for (const until of [inDays(-1), new Date().toISOString(), inDays(367)])
    await expectRefused(torsby, 'snoozeNotifications', { ids: [first.id], until }, invalid('until', 'INVALID_MOMENT'))
  await expectRefused(torsby, 'snoozeNotifications', { ids: [], until: inDays(1) }, invalid('ids', 'EMPTY'))
})

test('when its time comes it is new again at the top, once, in every window; what has gone out of reach stays away', async () => {
  const tasks = await Promise.all(['Väckt', 'Borttagen', 'Dold', 'Kvar'].map((title) => jointTask(torsby, { title })))
  const said = new Map<string, string>()
  for (const { id: task } of tasks) {
    const written = { id: mint(), task, text: 'Hör av er', audience: 'AS_PARENT' }
    said.set(task, (await does(pia, 'writeComment', written)).subject.id)
  }
  await told()
  const ids = []
  for (const title of ['Väckt', 'Borttagen', 'Dold', 'Kvar']) ids.push(...(await about(torsby, title)).map(({ id }) => id))
  await handle(torsby, 'readNotifications', { ids })
  await handle(torsby, 'snoozeNotifications', { ids, until: inDays(2) })
  const [, withdrawn, hidden] = tasks
  await does(pia, 'withdrawComment', { id: said.get(withdrawn?.id ?? '') ?? '' })
  await world.sql(`update comment set readers = array[party_id] where id = $1`, [uuidOf(said.get(hidden?.id ?? '') ?? '')])
  const windows = [await torsby.personalCursor(), await torsby.personalCursor()].map((after) => torsby.follow({ after }))
  const unread = (await inboxOf(torsby)).unreadCount

  // Two days later for three of the four; both servers look, and one that starts.
  await world.sql(`update notification set snoozed_until = now() - interval '1 second' where id = any ($1)`, [
    ids.slice(0, 3).map(uuidOf),
  ])
  await world.anotherServer()
  for (const window of windows)
    expect(await window.until('notification.woken')).toMatchObject({ subjectId: ids[0], actor: null, subject: { readAt: null } })
  await eventually('nothing is left to wake', async () => (await about(torsby, 'Dold', { done: true })).length === 1)
  expect((await inboxOf(torsby)).unreadCount).toBe(unread + 1)
  expect((await inboxOf(torsby)).inbox.nodes[0]).toMatchObject({ id: ids[0], readAt: null, snoozedUntil: null })
  for (const title of ['Borttagen', 'Dold']) expect(await about(torsby, title)).toEqual([])
  expect((await about(torsby, 'Kvar', { snoozed: true })).map(({ id }) => id)).toEqual([ids[3]])
  const woken = await world.sql(
    `select entry.subject_id from journal_entry entry join stream_entry on entry_id = entry.id where kind = 'notification.woken' and subject_id = $1 and actor_id is null`,
    [uuidOf(ids[0] ?? '')],
  )
  expect(woken).toHaveLength(1)
  for (const window of windows) await window.stop()
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

test('a clause has a thread too: whoever said something of it hears what is said, and can mute it', async () => {
  const clause = await clauseOf(torsby, '1')
  const says = async (who: Actor, text: string) => {
    await does(who, 'writeComment', { id: mint(), clause, text, audience: 'AS_PARENT' })
    await told()
    return (await inboxOf(torsby)).inbox.nodes.filter((one) => one.clause !== null).map(({ reason }) => reason)
  }
  expect(await says(pia, 'Vad menas?')).toEqual([])
  expect(await says(torsby, 'Det som står.')).toEqual([])
  expect(await says(pia, 'Tack.')).toEqual(['COMMENT'])
  expect(await says(pia, `**@[Torsby](party:${uuidOf((await partiesOf(torsby))('Torsby'))})**, är ni med?`)).toEqual([
    'PARTY_MENTIONED',
    'COMMENT',
  ])
  expect(await handle(torsby, 'muteThread', { clause })).toMatchObject({ mutes: [{ task: null, clause: { id: clause } }] })
  expect((await says(pia, 'Hallå?')).length).toBe(2)
  expect(await handle(torsby, 'unmuteThread', { clause })).toMatchObject({ mutes: [] })
})

test('of the agreement each is told what concerns them, from a proposal to a text in force', async () => {
  const signatories = await signatoriesOf(world)
  const [sunne] = signatories
  if (!sunne) throw new Error('nobody to propose')
  const hanna = await world.as('Hagfors')
  const ulla = await world.as('Region Värmland')
  const { id, hash } = await awaitingVersion(signatories)
  for (const actor of signatories) await does(actor, 'signVersion', { id, hash })
  await told()
  const reasons = async (who: Actor) =>
    (await inboxOf(who)).inbox.nodes
      .filter(({ entry }) => /^(proposal|version)/.test(entry?.kind ?? ''))
      .map(({ reason }) => reason)
  const times = (count: number, reason: string) => Array.from({ length: count }, () => reason)
  // Latest first. Sunne proposed and answered first, Polisen answered and signed last; the region's coordinator looks on.
  expect(await reasons(sunne)).toEqual(['IN_FORCE', ...times(4, 'SIGNED'), 'TO_SIGN', ...times(4, 'ANSWERED')])
  expect(await reasons(hanna)).toEqual(['IN_FORCE', ...times(4, 'SIGNED'), 'TO_SIGN', ...times(2, 'ANSWERED'), 'PROPOSED'])
  expect(await reasons(pia)).toEqual([...times(4, 'SIGNED'), 'PROPOSED'])
  expect(await reasons(ulla)).toEqual(['IN_FORCE', 'PROPOSED'])
  expect(await reasons(tuva)).toEqual(['IN_FORCE'])

  // Once more, and no: who is muted hears nothing, the others how it went.
  const proposal = await openProposal(sunne)
  expect(await handle(hanna, 'muteThread', { proposal })).toMatchObject({ mutes: [{ proposal: { id: proposal } }] })
  for (const actor of signatories)
    await does(actor, 'answerProposal', {
      id: proposal,
      position: actor.seat.party === 'Polisen' ? 'NO' : 'YES',
      reason: 'Så tycker vi.',
    })
  await told()
  const of = async (who: Actor) =>
    (await inboxOf(who)).inbox.nodes.filter((one) => one.proposal?.id === proposal).map(({ reason }) => reason)
  expect((await of(sunne)).slice(0, 1)).toEqual(['DECIDED'])
  expect((await of(hanna)).filter((reason) => reason !== 'PROPOSED')).toEqual([])
})

test('a thread that one may not know of is one that never was, and is named once', async () => {
  const draft = await newTask(await world.as('Sunne'), { title: 'Sunnes eget' })
  const proposal = (await draftProposal(await world.as('Sunne'))).id
  const own = (await newTask(torsby)).id
  for (const field of ['muteThread', 'unmuteThread']) {
    for (const task of [draft.id, btoa(`Task:${mint()}`), proposal]) await expectRefused(torsby, field, { task }, unknown('task'))
    for (const one of [proposal, btoa(`Proposal:${mint()}`)])
      await expectRefused(torsby, field, { proposal: one }, unknown('proposal'))
    await expectRefused(torsby, field, { clause: btoa(`Clause:${mint()}`) }, unknown('clause'))
    await expectRefused(torsby, field, {}, invalid('task', 'EMPTY'))
    await expectRefused(torsby, field, { task: own, proposal }, invalid('proposal', 'TOO_MANY'))
  }
})

test('a program has no inbox and is told so, whichever way it asks', async () => {
  const program = await programOf(world.server, torsby)
  for (const field of ['inbox { nodes { id } }', 'unreadCount', 'mutes { reason }']) {
    const { data, errors } = await program.ask(`{ viewer { ${field} } }`)
    expect([data, errors?.[0]?.extensions?.['code']]).toMatchObject([{ viewer: {} }, 'NO_PERSON'])
  }
  const { errors } = await program.ask('{ personalCursor }')
  expect(errors).toMatchObject([{ message: 'A key is no person and has no inbox', extensions: { code: 'NO_PERSON' } }])
  const following = program.follow(await torsby.personalCursor())
  expect((await following.untilResync()).reason).toBe('UNKNOWN')
  await following.stop()
})

test('a last day is told when it comes close and when it has passed, once each, by the clock of the collaboration', async () => {
  const day = (days: number) =>
    new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Stockholm' }).format(new Date(Date.now() + days * 86_400_000))
  const title = 'Lämna in rapporten'
  const due = await newTask(torsby, { title, dueOn: day(1), assignees: [tuva.memberId] })
  await newTask(torsby, { title: 'Långt kvar', dueOn: day(3), assignees: [tuva.memberId] })
  const late = { title: 'Försenad', assignees: [tuva.memberId] }
  const { id, version: before } = await jointTask(torsby, { ...late, dueOn: day(-1) })
  const responsible = ['Torsby', 'Polisen'].map(await partiesOf(torsby))
  const overdue = (await does(torsby, 'assignTask', { id, baseVersion: before, assignees: late.assignees, responsible })).subject
  // What was overdue long ago, and what is handed over, is no news.
  for (const silent of [{ dueOn: day(-8) }, { dueOn: day(-1), state: 'DELIVERED' }])
    await jointTask(torsby, { ...late, ...silent })
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
  // Whoever does it is told that the day has passed, and the coordinators of both parties that answer for it; nobody else.
  const passed = async (who: Actor) =>
    (await about(who, late.title)).filter(({ reason }) => reason === 'OVERDUE').map(({ subject, dueOn }) => [subject?.id, dueOn])
  for (const who of [tuva, torsby, pia]) expect(await passed(who)).toEqual([[id, day(-1)]])
  for (const who of [await world.as('Polisen', 'CONTRIBUTOR'), await world.as('Sunne')]) expect(await passed(who)).toEqual([])
  // A day that is moved is another day: told anew.
  await does(torsby, 'editTask', { id, baseVersion: overdue.version, dueOn: day(-2) })
  await world.anotherServer()
  await eventually('it is told of the other day too', async () => (await passed(tuva)).length === 2)
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
