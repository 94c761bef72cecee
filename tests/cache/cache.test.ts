import { afterAll, expect, test } from 'vitest'
import { registry, type EventKind } from '../../server/src/journal/registry.ts'
import { mint, type Actor } from '../world/actor.ts'
import { does, type Input, type Verb } from '../world/acts.ts'
import { accept, operator, partiesOf } from '../realtime/newcomers.ts'
import { eventually } from '../world/eventually.ts'
import { caughtUp } from '../notifications/expected.ts'
import { openWorld } from '../world/world.ts'
import { Holder } from './holder.ts'

// Cached state + events = fresh query, for every event that there is. Each kind happens under the open pages of those who did it,
// those who may read it and those who may not; after each, what the client's cache holds is what a fresh load would show, without
// having asked. Others were away all the time, and take everything in at once.

const world = await openWorld()
afterAll(world.close)

const torsby = await world.as('Torsby')
const polisen = await world.as('Polisen')
const sunne = await world.as('Sunne')
const people = [torsby, await world.as('Torsby', 'CONTRIBUTOR'), polisen, sunne]
const present = people.map((actor) => new Holder(actor))
const away = people.map((actor) => new Holder(actor))

const told = new Set<EventKind>()
let compared = 0

const PROVE = process.env['PROVE'] !== undefined
let turn = 0

/** Everybody takes it in; every other one's pages are compared, in turn, and with PROVE everybody's. */
const expectTrue = async (holders: readonly Holder[], after: string) => {
  turn += 1
  // What a change gives rise to is there before anybody compares.
  await eventually('the inboxes are as far as the streams', () => caughtUp(world))
  for (const [index, holder] of holders.entries()) {
    await holder.catchUp()
    if (!PROVE && index % 2 !== turn % 2 && after !== 'everything') continue
    for (const { name, held, fresh } of await holder.pages()) {
      compared += 1
      expect(held, `${name} of ${holder.actor.seat.name}, after ${after}`).toEqual(fresh)
    }
    expect(holder.requests, `${holder.actor.seat.name} asked anew after ${after}`).toBe(0)
  }
}

/** It happens under the open pages. */
const happens = async (kind: EventKind, actor: Actor, verb: Verb, input: Input) => {
  const done = await does(actor, verb, input)
  told.add(kind)
  await expectTrue(present, kind)
  return done
}

/** Torsby does something with what is in the inbox. */
const handles = async (verb: string, ids: readonly string[]) => {
  const name = verb.charAt(0).toUpperCase() + verb.slice(1)
  const outcome = await torsby.mutate(
    `mutation ($input: ${name}NotificationsInput!) { ${verb}Notifications(input: $input) { __typename } }`,
    { input: { ids } },
  )
  expect(outcome.__typename).toBe('InboxChanged')
  told.add('notification.handled')
  await expectTrue(present, `notification.handled: ${verb}`)
}

test('every kind of event leaves each open page as a fresh load has it', async () => {
  for (const holder of [...present, ...away]) await holder.open()
  const party = await partiesOf(torsby)
  const title = 'Trygg skolväg'

  const { id } = (await happens('task.created', torsby, 'createTask', { id: mint(), title, responsible: [party('Torsby')] }))
    .subject
  for (const holder of [...present, ...away].slice(0, 2)) await holder.openTask(id)
  const said = (
    await happens('comment.written', torsby, 'writeComment', { id: mint(), task: id, text: 'Först', audience: 'AS_PARENT' })
  ).subject
  await happens('comment.edited', torsby, 'editComment', { id: said.id, baseVersion: 1, text: 'Först, ändrat' })
  await happens('task.edited', torsby, 'editTask', { id, baseVersion: 1, title: 'Tryggare väg', dueOn: '2027-03-01' })
  await happens('task.edited', torsby, 'editTask', { id, baseVersion: 2, title, dueOn: null })
  await happens('task.shared', torsby, 'shareTask', { id, audience: 'SHARED', with: [party('Polisen')] })
  await present[2]?.openTask(id)
  const { memberId } = polisen
  await happens('task.assigned', polisen, 'assignTask', {
    id,
    baseVersion: 4,
    responsible: [party('Polisen')],
    assignees: [memberId],
  })
  await happens('task.moved', polisen, 'moveTask', { id, state: 'ONGOING' })
  await happens('comment.written', polisen, 'writeComment', { id: mint(), task: id, text: 'Bara för oss', audience: 'OWN' })
  await happens('task.shared', torsby, 'shareTask', { id, audience: 'JOINT' })
  await present[3]?.openTask(id)
  await happens('comment.written', sunne, 'writeComment', { id: mint(), task: id, text: 'Till alla', audience: 'AS_PARENT' })
  await happens('comment.withdrawn', torsby, 'withdrawComment', { id: said.id })
  await happens('task.archived', torsby, 'archiveTask', { id })
  await happens('task.restored', torsby, 'restoreTask', { id })

  const invited = await does(torsby, 'inviteMember', {
    id: mint(),
    name: 'Åsa Ny',
    title: 'Fältare',
    email: 'asa@torsby.example',
    roles: ['OBSERVER'],
  })
  told.add('member.invited')
  await expectTrue(present, 'member.invited')
  const asa = await accept(world.server, invited.invitationUrl ?? '', torsby.slug ?? '')
  told.add('member.joined')
  await expectTrue(present, 'member.joined')
  await happens('member.changed', torsby, 'changeMember', { id: asa.memberId, baseVersion: 2, name: 'Agnes Ny' })
  await happens('member.removed', torsby, 'removeMember', { id: asa.memberId })

  const place = ['--collaboration', torsby.slug ?? '']
  await operator(world, 'party', 'admit', ...place, '--name', 'Firman', '--mark', 'F', '--role', 'guest', '--kind', 'business')
  told.add('party.admitted')
  await expectTrue(present, 'party.admitted')

  // Sunne commented on what Torsby wrote; now Torsby has read it, put it away, and taken it back.
  const { viewer } = await torsby.query<{ viewer: { inbox: { nodes: { id: string }[] } } }>(
    '{ viewer { inbox(first: 3) { nodes { id } } } }',
  )
  told.add('notification.made')
  const ids = viewer.inbox.nodes.map((one) => one.id)
  expect(ids.length).toBeGreaterThan(0)
  for (const verb of ['read', 'unread', 'finish', 'reopen']) await handles(verb, ids)
  expect([...told].toSorted()).toEqual(Object.keys(registry).toSorted())

  await expectTrue(away, 'everything')
  console.log(
    `${told.size} kinds under the pages of ${people.length}, at once and after having been away: ${compared} pages held as a fresh load has them`,
  )
}, 300_000)
