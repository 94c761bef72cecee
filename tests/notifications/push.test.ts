import { afterAll, expect, test } from 'vitest'
import { mint, uuidOf, type Actor } from '../world/actor.ts'
import { does, jointTask } from '../world/acts.ts'
import { eventually } from '../world/eventually.ts'
import { PushService, unlock } from '../world/pushService.ts'
import { openWorld } from '../world/world.ts'
import { allSent, choose, due, inboxTitles, time } from './letters.ts'

// Messages to browsers, through a real push service that opens them as the browser would: who is told of what, in which words, and how it
// is stopped.

const service = await PushService.open()
const world = await openWorld({ env: service.settings })
afterAll(async () => {
  await world.close()
  await service.close()
})

const torsby = await world.as('Torsby')
const hanna = await world.as('Hagfors', 'CONTRIBUTOR')
const { pushKey } = (
  await hanna.query<{ viewer: { notificationSettings: { pushKey: string } } }>('{ viewer { notificationSettings { pushKey } } }')
).viewer.notificationSettings
service.key = pushKey
const { browser: hannas } = await service.named(hanna, 'hanna', 'Firefox, Windows')

const gives = async (to: Actor, title: string) => {
  const { id, version } = await jointTask(torsby, { title })
  await does(torsby, 'assignTask', { id, baseVersion: version, assignees: [to.memberId], responsible: [] })
  return id
}
const titles = () => service.for(hannas).map(({ notice }) => notice.title)
const STOCKHOLM = { digestAt: null, quietFrom: null, quietTo: null, timeZone: 'Europe/Stockholm', language: 'SV' }

test('what the standard locked in its example is opened as its example says', async () => {
  // RFC 8291, appendix A.
  const point = Buffer.from(
    'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
    'base64url',
  )
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((half) => half.toString('base64url'))
  const key = await crypto.subtle.importKey(
    'jwk',
    { kty: 'EC', crv: 'P-256', x: x ?? '', y: y ?? '', d: 'q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94' },
    { name: 'ECDH', namedCurve: 'P-256' },
    false,
    ['deriveBits'],
  )
  const locked = Buffer.from(
    'DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN',
    'base64url',
  )
  const auth = Uint8Array.from(Buffer.from('BTBZMqHH6r4Tts7J_aSIgg', 'base64url'))
  expect(await unlock(locked, key, point, auth)).toBe('When I grow up, I want to be a watermelon')
})

test('Torsby gives Hagfors a task, and within a second her browser is told so, in words that it alone can read', async () => {
  await gives(hanna, 'Först')
  await service.message(hannas, 'Först')
  const title = 'Belysning vid ”Gröna gången” 🚶'
  const { id, version } = await jointTask(torsby, { title, description: 'Hemligt lösenord' })
  const from = performance.now()
  await does(torsby, 'assignTask', { id, baseVersion: version, assignees: [hanna.memberId], responsible: [] })
  const { headers, locked, text, notice } = await service.message(hannas, title)
  const took = performance.now() - from
  console.log(`the message was there after ${Math.round(took)} ms, ${locked.length} bytes locked, ${text.length} open`)
  if (process.env['PROVE'] !== undefined) expect(took).toBeLessThan(1_000)
  const [letter] = await world.sql<{ id: string }>(
    `select letter_id as id from delivery join notification on notification.id = notification_id where channel = 'PUSH' and task_id = $1`,
    [uuidOf(id)],
  )
  expect(JSON.parse(text)).toEqual({
    web_push: 8030,
    notification: {
      title,
      body: `${torsby.seat.name} (Torsby) gav dig uppgiften.\nSuToHaMu och Polisen`,
      lang: 'sv',
      navigate: `${world.url}/c/${torsby.seat.slug}/tasks/${uuidOf(id)}`,
      tag: letter?.id,
    },
  })
  expect(notice.tag.replaceAll('-', '')).toBe(headers['topic'])
  expect([headers['content-encoding'], headers['ttl'], headers['urgency']]).toEqual(['aes128gcm', '86400', 'normal'])
  expect(locked.length).toBeLessThan(3_000)
  expect(locked.includes('Belysning')).toBe(false)
  // What was said is not for a screen that lies on a table.
  await does(torsby, 'writeComment', {
    id: mint(),
    task: id,
    audience: 'AS_PARENT',
    text: `@[Hanna](member:${hanna.seat.memberId}), kom ihåg nyckeln`,
  })
  const next = await eventually('the next one', () =>
    service.for(hannas).find(({ notice: { body } }) => body.includes('nämnde dig')),
  )
  expect(next.text).not.toContain('nyckeln')
})

test('nobody is told of what they did, and nobody who has named no browser', async () => {
  const { browser } = await service.named(torsby, 'torsby')
  await gives(torsby, 'Till mig själv')
  await gives(await world.as('Sunne', 'CONTRIBUTOR'), 'Till Sunne')
  await allSent(world)
  expect(service.for(browser)).toEqual([])
  expect(
    await world.sql(
      `select from delivery where channel = 'PUSH' and not exists (select from push_browser where member_id = delivery.member_id)`,
    ),
  ).toEqual([])
})

test('one reason is not pushed any more, and nothing else; then it is muted, and comes back', async () => {
  const told = async (title: string) => {
    await gives(hanna, title)
    await allSent(world)
    return [(await inboxTitles(hanna, 'ASSIGNED')).includes(title), titles().includes(title)]
  }
  expect(await told('Med allt')).toEqual([true, true])
  await choose(hanna, 'PUSH', 'ASSIGNED', false)
  expect(await told('Utan notis')).toEqual([true, false])
  const task = await gives(hanna, 'Nämnd')
  await does(torsby, 'writeComment', {
    id: mint(),
    task,
    audience: 'AS_PARENT',
    text: `@[Hanna](member:${hanna.seat.memberId}), hej`,
  })
  expect((await service.message(hannas, 'Nämnd')).notice.body).toContain('nämnde dig')
  await choose(hanna, 'PUSH', 'ASSIGNED', true)
  expect(await told('Med allt igen')).toEqual([true, true])
  await choose(hanna, 'INBOX', 'ASSIGNED', false)
  expect(await told('Tyst')).toEqual([false, false])
  await choose(hanna, 'INBOX', 'ASSIGNED', true)
  expect(await told('Hörbart')).toEqual([true, true])
})

test('what came while it was quiet comes as one; what its receiver may not know any more, or knows, is left out', async () => {
  await time(hanna, { ...STOCKHOLM, digestAt: '07:00', quietFrom: '00:00', quietTo: '23:59', language: 'EN' })
  service.arrived.length = 0
  for (const title of ['Ett', 'Två', 'Tre', 'Fyra', 'Läst']) await gives(hanna, title)
  const joint = await jointTask(torsby, { title: 'Taget tillbaka' })
  const text = `@[Hanna](member:${hanna.seat.memberId}), hemligt?`
  const { subject } = await does(torsby, 'writeComment', { id: mint(), task: joint.id, audience: 'AS_PARENT', text })
  await allSent(world)
  expect(service.arrived).toEqual([])
  await does(torsby, 'withdrawComment', { id: subject.id })
  const { viewer } = await hanna.query<{ viewer: { inbox: { nodes: { id: string; task: { title: string } | null }[] } } }>(
    '{ viewer { inbox(first: 100) { nodes { id task { title } } } } }',
  )
  const read = viewer.inbox.nodes.find(({ task }) => task?.title === 'Läst')
  await hanna.mutate('mutation ($input: ReadNotificationsInput!) { readNotifications(input: $input) { __typename } }', {
    input: { ids: [read?.id] },
  })
  await due(world)
  await allSent(world)
  expect(service.for(hannas).map(({ notice }) => [notice.title, notice.body, notice.lang])).toEqual([
    ['4 things to read', 'Ett, Två, Tre …\nSuToHaMu och Polisen', 'en'],
  ])
  expect(service.for(hannas)[0]?.notice.navigate).toBe(`${world.url}/c/${hanna.seat.slug}/inbox`)
  await time(hanna, STOCKHOLM)
})

test('whoever is removed is told nothing of what waits, and is reached by no browser', async () => {
  const tuva = await world.as('Torsby', 'CONTRIBUTOR')
  const { browser } = await service.named(tuva, 'tuva')
  await time(tuva, { ...STOCKHOLM, quietFrom: '00:00', quietTo: '23:59' })
  await gives(tuva, 'Slutar')
  await eventually('it waits', async () => {
    const waits = await world.sql(`select from delivery where channel = 'PUSH' and sent_at is null and member_id = $1`, [
      tuva.seat.memberId,
    ])
    return waits.length === 1
  })
  await does(torsby, 'removeMember', { id: tuva.memberId })
  await due(world)
  await allSent(world)
  expect(service.for(browser)).toEqual([])
  expect(await world.sql('select from push_browser where member_id = $1', [tuva.seat.memberId])).toEqual([])
})

test('a browser that is gone is written to no more; one that is tired is tried again; a refusal is no end of the others', async () => {
  const { browser: phone } = await service.named(hanna, 'phone', 'Safari, iPhone')
  const { browser: old, settings } = await service.named(hanna, 'old', 'Edge, Windows')
  expect(settings.browsers.map(({ label, fingerprint }) => [label, fingerprint])).toEqual([
    ['Firefox, Windows', hannas.fingerprint],
    ['Safari, iPhone', phone.fingerprint],
    ['Edge, Windows', old.fingerprint],
  ])
  const inbox = hanna.follow({ after: await hanna.personalCursor() })
  let tries = 0
  service.refusing = (endpoint) => {
    if (endpoint === old.endpoint) return 410
    return endpoint === phone.endpoint && ++tries < 2 ? 503 : undefined
  }
  await gives(hanna, 'Till alla')
  await service.message(phone, 'Till alla', 20_000)
  await allSent(world, 20_000)
  service.refusing = undefined
  expect(tries).toBe(2)
  const tags = new Set(
    [...service.for(hannas), ...service.for(phone)]
      .filter(({ notice }) => notice.title === 'Till alla')
      .map(({ notice }) => notice.tag),
  )
  expect(tags.size).toBe(1)
  const changed = await inbox.until('settings.changed')
  expect(changed.fields).toEqual(['browsers'])
  await inbox.stop()
  expect(
    (
      await world.sql<{ label: string }>('select label from push_browser where member_id = $1 order by added_at', [
        hanna.seat.memberId,
      ])
    ).map(({ label }) => label),
  ).toEqual(['Firefox, Windows', 'Safari, iPhone'])
  service.refusing = (endpoint) => (endpoint === phone.endpoint ? 400 : undefined)
  await gives(hanna, 'Till en')
  await service.message(hannas, 'Till en')
  await allSent(world)
  service.refusing = undefined
  expect(world.log.some(({ msg }) => msg === 'a push service did not take a message')).toBe(true)
})
