import { afterAll, expect, test } from 'vitest'
import { mint, uuidOf, type Actor } from '../world/actor.ts'
import { does, jointTask } from '../world/acts.ts'
import { eventually } from '../world/eventually.ts'
import { PostOffice } from '../world/postOffice.ts'
import { openWorld } from '../world/world.ts'
import { addressOf, allSent, choose, inboxTitles, time } from './letters.ts'

// E-mail, through a real SMTP server: who is told of what by mail, in which words, and how it is stopped.

const office = await PostOffice.open()
const world = await openWorld({ env: office.settings })
afterAll(async () => {
  await world.close()
  await office.close()
})

const torsby = await world.as('Torsby')
const hanna = await world.as('Hagfors', 'CONTRIBUTOR')
const hannas = await addressOf(world, hanna)

/** A task that Torsby gives to somebody. */
const gives = async (to: Actor, title: string) => {
  const { id, version } = await jointTask(torsby, { title })
  await does(torsby, 'assignTask', { id, baseVersion: version, assignees: [to.memberId], responsible: [] })
  return id
}
const sent = () => allSent(world)

test('Torsby gives Hagfors a task, and within a second a mail says so', async () => {
  const title = 'Belysning vid ”Gröna gången” <b>'
  await gives(hanna, 'Först')
  await office.mail(hannas, 'Först')
  const { id, version } = await jointTask(torsby, { title })
  const from = performance.now()
  await does(torsby, 'assignTask', { id, baseVersion: version, assignees: [hanna.memberId], responsible: [] })
  const { mail, text, html, id: messageId } = await office.mail(hannas, title)
  const took = performance.now() - from
  console.log(`the mail was there after ${Math.round(took)} ms`)
  if (process.env['PROVE'] !== undefined) expect(took).toBeLessThan(1_000)
  expect(text).toContain(`${torsby.seat.name} (Torsby) gav dig uppgiften.`)
  expect(text).toContain(`${world.url}/c/${torsby.seat.slug}/tasks/${uuidOf(id)}`)
  expect(html).toContain('Belysning vid ”Gröna gången” &lt;b&gt;')
  expect(html).not.toContain('<b>')
  expect(mail.from?.text).toBe('"Samsyn" <samsyn@samsyn.example>')
  expect(messageId).toMatch(/^<[0-9a-f-]{36}@samsyn\.example>$/)
  expect(mail.headers.get('auto-submitted')).toBe('auto-generated')
  expect(await inboxTitles(hanna, 'ASSIGNED')).toContain(title)
  // Whoever gave it is told nothing, and what else is told of the task is gathered with it.
  const torsbys = office.for(await addressOf(world, torsby))
  expect(torsbys.filter(({ subject }) => ['Först', title].includes(subject))).toEqual([])
  await does(torsby, 'writeComment', {
    id: mint(),
    task: id,
    audience: 'AS_PARENT',
    text: `@[Hanna](member:${hanna.seat.memberId}), ser du?`,
  })
  const next = await eventually('the next one', () => office.for(hannas).find((one) => one.text.includes('nämnde dig')))
  expect(next.text).toContain('> Hanna, ser du?')
  expect(next.mail.references).toBe(mail.references)
  expect(next.subject).toBe(title)
  expect(next.id).not.toBe(messageId)
})

test('the mails of one reason are stopped, and nothing else; then the reason itself', async () => {
  const told = async (title: string) => {
    await gives(hanna, title)
    await does(torsby, 'createTask', { id: mint(), title: `${title}, och mer`, description: 'Inget.' })
    await sent()
    return [(await inboxTitles(hanna, 'ASSIGNED')).includes(title), office.for(hannas).some(({ subject }) => subject === title)]
  }
  expect(await told('Med allt')).toEqual([true, true])
  await choose(hanna, 'MAIL', 'ASSIGNED', false)
  expect(await told('Utan mejl')).toEqual([true, false])
  const task = await gives(hanna, 'Nämnd')
  await does(torsby, 'writeComment', {
    id: mint(),
    task,
    audience: 'AS_PARENT',
    text: `@[Hanna](member:${hanna.seat.memberId}), hej`,
  })
  expect((await office.mail(hannas, 'Nämnd')).text).toContain('nämnde dig')
  await choose(hanna, 'MAIL', 'ASSIGNED', true)
  expect(await told('Med allt igen')).toEqual([true, true])
  const muted = await choose(hanna, 'INBOX', 'ASSIGNED', false)
  expect(muted['settings']).toMatchObject({
    channels: [
      { channel: 'INBOX' },
      { channel: 'MAIL', reasons: expect.arrayContaining(['ASSIGNED']) },
      { channel: 'PUSH', reasons: expect.arrayContaining(['ASSIGNED']) },
    ],
  })
  expect(await told('Tyst')).toEqual([false, false])
  await choose(hanna, 'INBOX', 'ASSIGNED', true)
  expect(await told('Hörbart')).toEqual([true, true])
})

test('one press in a mail program stops that reason by mail, without signing in; looking at the link stops nothing', async () => {
  const wished = async () => {
    const { viewer } = await hanna.query<{
      viewer: { notificationSettings: { channels: { channel: string; reasons: string[] }[] } }
    }>('{ viewer { notificationSettings { channels { channel reasons } } } }')
    return viewer.notificationSettings.channels.find(({ channel }) => channel === 'MAIL')?.reasons
  }
  const before = await wished()
  await gives(hanna, 'Nog nu')
  const { mail, text } = await office.mail(hannas, 'Nog nu')
  const list = mail.headers.get('list') as unknown as { unsubscribe: { url: string } }
  const url = list.unsubscribe.url
  expect(text).toContain(url)
  expect(mail.headerLines.find(({ key }) => key === 'list-unsubscribe-post')?.line).toBe(
    'List-Unsubscribe-Post: List-Unsubscribe=One-Click',
  )
  const visitor = world.visitor()
  const press = (address: string, body = 'List-Unsubscribe=One-Click') =>
    visitor.fetch(address, { method: 'POST', body, headers: { 'content-type': 'application/x-www-form-urlencoded' } })

  expect((await visitor.fetch(url)).status).toBe(200)
  const [member, channel, reason, seal] = (new URL(url).searchParams.get('token') ?? '').split('.')
  const other = uuidOf((await world.as('Sunne')).memberId)
  for (const token of [
    `${member}.${channel}.MENTIONED.${seal}`,
    `${other}.${channel}.${reason}.${seal}`,
    `${mint()}.${channel}.${reason}.${seal}`,
    'x',
    '',
  ]) {
    const refused = await press(`/unsubscribe?${new URLSearchParams({ token })}`)
    expect([refused.status, await refused.text()], token).toEqual([404, 'The link does not hold'])
  }
  expect(await wished()).toEqual(before)

  expect((await press(url)).status).toBe(200)
  expect(await wished()).toEqual(before?.filter((one) => one !== 'ASSIGNED'))
  expect((await press(url)).status).toBe(200)
  const form = new FormData()
  form.set('List-Unsubscribe', 'One-Click')
  const multipart = await visitor.fetch(url, { method: 'POST', body: form })
  expect([multipart.status, await multipart.text()]).toEqual([200, 'Stopped'])
  const page = await press(url, 'page=yes')
  expect([page.status, page.headers.get('location')]).toEqual([303, `/unsubscribe?done=ASSIGNED&room=${hanna.seat.slug}`])
  await choose(hanna, 'MAIL', 'ASSIGNED', true)
})

test('how one is told is one’s own; what no clock shows is refused beside its field, through both doors', async () => {
  const { viewer } = await hanna.query<{ viewer: { notificationSettings: { id: string } } }>(
    '{ viewer { notificationSettings { id } } }',
  )
  const other = await world.as('Hagfors')
  for (const id of [viewer.notificationSettings.id, btoa(`NotificationSettings:${mint()}`)])
    expect((await other.query('query ($id: ID!) { node(id: $id) { id } }', { id })).node).toBeNull()
  const asked = { digestAt: null, quietFrom: null, quietTo: null, timeZone: 'Europe/Stockholm', language: 'SV' }
  const refused = async (input: object, ...issues: string[]) => {
    const http = await time(other, { ...asked, ...input })
    expect(http).toMatchObject({
      __typename: 'InvalidInput',
      issues: issues.map((issue) => ({ field: issue.split(' ')[0], code: issue.split(' ')[1] })),
    })
    expect(await time(other, { ...asked, ...input }, 'live')).toEqual(http)
  }
  await refused({ digestAt: '7' }, 'digestAt INVALID_TIME')
  await refused({ digestAt: '24:00' }, 'digestAt INVALID_TIME')
  await refused({ quietFrom: '22:00' }, 'quietTo EMPTY')
  await refused({ quietTo: '07:00', timeZone: 'Mars/Olympus' }, 'quietFrom EMPTY', 'timeZone UNKNOWN')
  expect(await time(other, { ...asked, digestAt: '07:30', language: 'EN' })).toMatchObject({
    settings: { digestAt: '07:30', language: 'EN', quietFrom: null },
  })
})

test('a letter that is refused for now comes later, and one that is refused for good is given up', async () => {
  let tries = 0
  office.refusing = (address) => (address === hannas && ++tries < 2 ? 451 : undefined)
  await gives(hanna, 'På andra försöket')
  expect((await office.mail(hannas, 'På andra försöket', 20_000)).subject).toBeTruthy()
  expect(tries).toBe(2)
  tries = 0
  office.refusing = (address) => (address === hannas && ++tries > 0 ? 550 : undefined)
  await gives(hanna, 'Ingen brevlåda')
  await sent()
  office.refusing = undefined
  expect(tries).toBe(1)
  expect(world.log.some(({ msg }) => msg === 'a letter was refused for good')).toBe(true)
  expect(await inboxTitles(hanna, 'ASSIGNED')).toContain('Ingen brevlåda')
})
