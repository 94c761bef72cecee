import { afterAll, expect, test } from 'vitest'
import { mint, type Actor } from '../world/actor.ts'
import { does, jointTask, newTask } from '../world/acts.ts'
import { eventually } from '../world/eventually.ts'
import { PostOffice } from '../world/postOffice.ts'
import { openWorld } from '../world/world.ts'
import { caughtUp } from './expected.ts'
import { addressOf, allSent, choose, due, letterIds, time } from './letters.ts'

// When letters go, and what becomes of those that wait: a server that dies with them in hand, a receiver who loses access or has read it
// meanwhile, hours of quiet, and a digest. Time is moved in the database: what waits for seven o'clock is told that it is seven.

const office = await PostOffice.open()
const world = await openWorld({ env: office.settings })
afterAll(async () => {
  await world.close()
  await office.close()
})

const torsby = await world.as('Torsby')
const tuva = await world.as('Torsby', 'CONTRIBUTOR')
const pontus = await world.as('Polisen', 'CONTRIBUTOR')
const [tuvas, pontuss] = [await addressOf(world, tuva), await addressOf(world, pontus)]

const give = (to: Actor, title: string, more: object = {}) => newTask(torsby, { title, assignees: [to.memberId], ...more })
const say = (task: string, text: string) => does(torsby, 'writeComment', { id: mint(), task, text, audience: 'AS_PARENT' })
const mention = ({ seat }: Actor) => `@[Du](member:${seat.memberId})`
const subjects = (address: string) => office.for(address).map(({ subject }) => subject)
const STOCKHOLM = { digestAt: null, quietFrom: null, quietTo: null, timeZone: 'Europe/Stockholm', language: 'SV' }

test('killed with letters in hand: each comes, under the id that it had, and nothing else', async () => {
  const release = office.hold()
  const titles = Array.from({ length: 8 }, (_, index) => `I handen ${index}`)
  for (const title of titles) await give(tuva, title)
  await eventually('all are told', () => caughtUp(world))
  await eventually(
    'the server is sending',
    async () => (await world.sql(`select from jobs.job where state = 'active'`)).length > 0,
  )
  const expected = await letterIds(world, tuva)
  expect(expected.length).toBe(8)
  await world.server.kill()
  release()
  await world.server.start()
  // Its silence has lasted.
  await world.sql(
    `update jobs.job set heartbeat_on = now() - interval '1 hour', started_on = now() - interval '1 hour' where state = 'active'`,
  )
  await allSent(world, 20_000)
  const got = office.for(tuvas).map(({ id }) => id)
  console.log(
    `killed while sending: ${expected.length} letters expected, ${new Set(got).size} came, ${got.length - new Set(got).size} of them twice`,
  )
  expect([...new Set(got)].toSorted()).toEqual(expected)
})

test('whoever loses access, or has read it or put it away meanwhile, is sent nothing of what waits', async () => {
  await time(tuva, { ...STOCKHOLM, quietFrom: '00:00', quietTo: '23:59' })
  await time(pontus, { ...STOCKHOLM, quietFrom: '00:00', quietTo: '23:59' })
  office.arrived.length = 0
  const joint = await jointTask(torsby, { title: 'Taget tillbaka' })
  const { subject: said } = await say(joint.id, `${mention(pontus)}, hemligt?`)
  await give(tuva, 'Läst i inkorgen')
  await give(tuva, 'Till senare')
  await give(tuva, 'Kvar att läsa')
  const muted = await jointTask(torsby, { title: 'Tystad sedan' })
  await say(muted.id, `${mention(pontus)}, hör du?`)
  const removed = await give(tuva, 'Slutar')
  await allSent(world)
  expect([...subjects(tuvas), ...subjects(pontuss)]).toEqual([])

  await does(torsby, 'withdrawComment', { id: said.id })
  const { viewer } = await tuva.query<{ viewer: { inbox: { nodes: { id: string; task: { title: string } | null }[] } } }>(
    '{ viewer { inbox(first: 100) { nodes { id task { title } } } } }',
  )
  const idOf = (title: string) => viewer.inbox.nodes.find(({ task }) => task?.title === title)?.id
  await tuva.mutate('mutation ($input: ReadNotificationsInput!) { readNotifications(input: $input) { __typename } }', {
    input: { ids: [idOf('Läst i inkorgen')] },
  })
  await tuva.mutate('mutation ($input: SnoozeNotificationsInput!) { snoozeNotifications(input: $input) { __typename } }', {
    input: { ids: [idOf('Till senare')], until: new Date(Date.now() + 86_400_000).toISOString() },
  })
  await pontus.mutate('mutation ($input: MuteThreadInput!) { muteThread(input: $input) { __typename } }', {
    input: { task: muted.id },
  })
  await due(world)
  await allSent(world)
  expect(subjects(tuvas).toSorted()).toEqual(['Kvar att läsa', 'Slutar'])
  expect(subjects(pontuss)).toEqual([])

  await say(removed.id, `${mention(tuva)}, en sak till`)
  await eventually('it waits', async () => (await world.sql('select from delivery where sent_at is null')).length === 1)
  office.arrived.length = 0
  await does(torsby, 'removeMember', { id: tuva.memberId })
  expect(await world.sql('select from delivery where sent_at is null')).toEqual([])
  await due(world)
  await allSent(world)
  expect([...subjects(tuvas), ...subjects(pontuss)]).toEqual([])
})

test('quiet hours are counted by one’s own clock, and over midnight', async () => {
  await time(pontus, { ...STOCKHOLM, quietFrom: '22:00', quietTo: '07:00' })
  const dues = async (...moments: string[]) =>
    (
      await world.sql<{ due: string }>(
        `select to_char(letter_due(settings, moment::timestamptz) at time zone 'UTC', 'DD HH24:MI') as due
         from unnest($2::text[]) with ordinality as asked(moment, place), notification_settings settings where member_id = $1 order by place`,
        [pontus.seat.memberId, moments],
      )
    ).map((row) => row.due)
  // In winter seven in Stockholm is six in UTC; in the night when summer begins, five.
  expect(
    await dues('2027-01-10 20:59Z', '2027-01-10 21:00Z', '2027-01-11 05:59Z', '2027-01-11 06:00Z', '2027-03-28 00:30Z'),
  ).toEqual(['10 20:59', '11 06:00', '11 06:00', '11 06:00', '28 05:00'])
  await time(pontus, { ...STOCKHOLM, quietFrom: '12:00', quietTo: '13:00', timeZone: 'America/New_York' })
  expect(await dues('2027-01-10 12:30Z', '2027-01-10 17:30Z')).toEqual(['10 12:30', '10 18:00'])
  await time(pontus, { ...STOCKHOLM, digestAt: '07:00' })
  // A digest that goes within a minute is closed.
  expect(await dues('2027-01-10 05:58Z', '2027-01-10 05:59:30Z', '2027-01-10 06:00Z')).toEqual([
    '10 06:00',
    '11 06:00',
    '11 06:00',
  ])
})

test('a digest gathers what is left of the day, once, in the reader’s language', async () => {
  await time(pontus, { ...STOCKHOLM, digestAt: '07:00', language: 'EN' })
  office.arrived.length = 0
  const titles = ['Gatan', 'Torget', 'Parken']
  for (const title of titles) {
    const { id } = await jointTask(torsby, { title })
    await say(id, `${mention(pontus)}, *se* hit`)
  }
  const off = await jointTask(torsby, { title: 'Inte längre', assignees: [] })
  const { version } = (
    await torsby.query<{ node: { version: number } }>('query ($id: ID!) { node(id: $id) { ... on Task { version } } }', {
      id: off.id,
    })
  ).node
  await does(torsby, 'assignTask', { id: off.id, baseVersion: version, assignees: [pontus.memberId], responsible: [] })
  await allSent(world)
  await choose(pontus, 'MAIL', 'ASSIGNED', false)
  expect([...subjects(tuvas), ...subjects(pontuss)]).toEqual([])
  await due(world)
  await allSent(world)
  const [digest, ...others] = office.for(pontuss)
  expect(others).toEqual([])
  expect(digest?.subject).toBe(`3 things to read: SuToHaMu och Polisen`)
  for (const title of titles)
    expect(digest?.text).toContain(`${title}\n${torsby.seat.name} (Torsby) mentioned you.\n\n> Du, se hit\n`)
  expect(digest?.text).not.toContain('Inte längre')
  expect(digest?.html).toContain('lang="en"')
  const list = digest?.mail.headers.get('list') as unknown as { unsubscribe: { url: string } }
  const body = 'List-Unsubscribe=One-Click'
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  expect((await world.visitor().fetch(list.unsubscribe.url, { method: 'POST', body, headers })).status).toBe(200)
  const [settings] = await world.sql<{ mailed: string }>('select mailed::text from notification_settings where member_id = $1', [
    pontus.seat.memberId,
  ])
  expect(settings?.mailed).toBe('{}')
})
