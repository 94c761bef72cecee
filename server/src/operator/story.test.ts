import { createDatabase, withClient } from '@samsyn/prisma/engine/databases'
import { afterAll, expect, inject, onTestFinished, test } from 'vitest'
import { does, jointTask, newTask } from '../../../tests/world/acts.ts'
import { Actor, globalId } from '../../../tests/world/actor.ts'
import { openBrowser } from '../../../tests/world/browser.ts'
import { eventually } from '../../../tests/world/eventually.ts'
import { cookieOf } from '../../../tests/world/visitor.ts'
import { World } from '../../../tests/world/world.ts'
import { samsyn } from './run.testing.ts'

// An installation from an empty database to a working collaboration, as the README tells it; each test goes on where the last ended.

const PASSWORD = 'en lång och bra lösenfras'
const ownerUrl = await createDatabase(inject('postgres'), `operator_${crypto.randomUUID().slice(0, 8)}`)
const world = new World(ownerUrl, { DATABASE_URL: ownerUrl, LOG_LEVEL: 'warn' }, [])
afterAll(world.close)

const run = (...words: string[]) => samsyn(words, { DATABASE_URL: ownerUrl, PORT: String(world.server.port || 3000) })

/** Takes the seat that a link gives, with a new password, and comes back signed in. */
const accept = async (link: string, password = PASSWORD): Promise<Actor> => {
  const token = new URL(link).searchParams.get('token') ?? ''
  const response = await world.visitor().submit('/auth/invitation', { token, password })
  expect(response.headers.get('location')).toBe('/c/sutohamu')
  return signedIn(cookieOf(response))
}

/** Whoever holds the cookie, with the seat that the server finds behind it. */
const signedIn = async (cookie: string | undefined): Promise<Actor> => {
  const nobody = { memberId: '', name: '', title: '', party: '', mark: '', roles: [], slug: 'sutohamu' }
  const { viewer } = await new Actor(world.server, cookie ?? '', nobody).query<{ viewer: Viewer | null }>(
    '{ viewer { member { id name title roles } party { name mark } } }',
  )
  if (!viewer?.member || !viewer.party) throw new Error('nobody is signed in')
  const { member, party } = viewer
  const seat = { ...nobody, ...member, memberId: atob(member.id).replace('Member:', ''), party: party.name, mark: party.mark }
  return new Actor(world.server, cookie ?? '', seat)
}
interface Viewer {
  readonly member: { id: string; name: string; title: string; roles: string[] } | null
  readonly party: { name: string; mark: string } | null
}

const linkIn = (out: string): string => /https?:\S+\/invitation\?token=\S+/.exec(out)?.[0] ?? ''

const invite = (party: string, name: string, ...more: string[]) => {
  const email = `${name.split(' ')[0]?.toLowerCase()}@example.org`
  const who = ['--party', party, '--name', name, '--email', email, '--title', 'Samordnare']
  return run('member', 'invite', '--collaboration', 'sutohamu', ...who, ...more)
}
const admit = (...terms: string[]) => run('party', 'admit', '--collaboration', 'sutohamu', ...terms)

let tove: Actor
let pia: Actor

test('a database without tables is refused until it is migrated; the second time there is nothing to do', async () => {
  expect(await run('list')).toMatchObject({ code: 1, error: expect.stringContaining('run "samsyn migrate" first') })
  const first = await run('migrate')
  expect(first).toMatchObject({ code: 0, out: expect.stringMatching(/^Applied \d+_init\n/) })
  expect(await run('migrate')).toEqual({ code: 0, out: 'The database is up to date.\n', error: '' })
  expect(await run('list')).toMatchObject({ code: 0, out: expect.stringContaining('There is no collaboration yet') })
})

test('a collaboration is opened once', async () => {
  const open = (name: string) => run('collaboration', 'open', '--slug', 'sutohamu', '--name', name, '--purpose', 'Att samverka.')
  expect(await open('SuToHaMu')).toMatchObject({ code: 0, out: expect.stringContaining('Opened SuToHaMu') })
  expect(await open('SuToHaMu')).toMatchObject({ code: 0, out: expect.stringContaining('open already') })
  expect(await open('Annat')).toMatchObject({
    code: 1,
    error: 'The slug "sutohamu" belongs to "SuToHaMu". Nothing was changed.\n',
  })
  expect(await world.sql('select slug, name, purpose, time_zone from collaboration')).toEqual([
    { slug: 'sutohamu', name: 'SuToHaMu', purpose: 'Att samverka.', time_zone: 'Europe/Stockholm' },
  ])
})

test('two parties are admitted, each once, by names and marks of their own', async () => {
  const torsby = ['--name', 'Torsby', '--mark', 'T', '--municipality-code', '1737', '--organisation', 'Torsby kommun']
  expect(await admit(...torsby)).toMatchObject({ code: 0, error: '' })
  expect(await admit('--name', 'Polisen', '--mark', 'P', '--kind', 'police')).toMatchObject({ code: 0, error: '' })
  expect(await admit(...torsby)).toMatchObject({ code: 0, out: expect.stringContaining('already') })
  expect(await admit(...torsby.with(3, 'TO'))).toMatchObject({
    code: 1,
    error: expect.stringContaining('as Torsby (T, signatory)'),
  })
  expect(await admit('--name', 'Torsby', '--mark', 'X', '--kind', 'region')).toMatchObject({ code: 1 })
  expect(await admit('--name', 'Regionen', '--mark', 'P', '--kind', 'region')).toMatchObject({
    code: 1,
    error: 'The mark P is that of Polisen. Nothing was changed.\n',
  })
  expect(
    await world.sql('select name, mark, ordinal, role, cardinality(readers) as readers from party order by ordinal'),
  ).toEqual([
    { name: 'Torsby', mark: 'T', ordinal: 1, role: 'SIGNATORY', readers: 2 },
    { name: 'Polisen', mark: 'P', ordinal: 2, role: 'SIGNATORY', readers: 2 },
  ])
  expect(await world.sql('select name from organisation order by name')).toEqual([{ name: 'Polisen' }, { name: 'Torsby kommun' }])
})

test('a coordinator is invited, takes the seat by the link, signs in with her password and creates a task', async () => {
  await world.server.start()
  const before = linkIn((await invite('Torsby', 'Tove Torsby', '--role', 'coordinator', '--role', 'admin')).out)
  const again = await invite('t', 'Tove Torsby', '--role', 'coordinator')
  expect(again).toMatchObject({ code: 0, out: expect.stringContaining('takes the place of the one before') })
  const link = linkIn(again.out)
  expect(link.startsWith(`${world.url}/invitation?token=`)).toBe(true)

  const door = (url: string) => world.visitor().fetch(new URL(url).pathname.replace(/^/, '/auth') + new URL(url).search)
  expect((await door(before)).status).toBe(404)
  expect(await (await door(link)).json()).toEqual({
    name: 'Tove Torsby',
    party: 'Torsby',
    collaboration: 'SuToHaMu',
    email: 'tove@example.org',
    hasPassword: false,
  })
  await accept(link)
  expect((await door(link)).status).toBe(404)

  const response = await world.visitor().submit('/auth/sign-in', { email: 'Tove@example.org', password: PASSWORD })
  tove = await signedIn(cookieOf(response))
  expect(tove.seat).toMatchObject({ name: 'Tove Torsby', party: 'Torsby', roles: ['COORDINATOR', 'ADMIN'] })
  expect(await newTask(tove, { title: 'Belysning vid stationen' })).toMatchObject({ title: 'Belysning vid stationen' })
  expect(await invite('Torsby', 'Tove Torsby', '--role', 'admin')).toMatchObject({
    code: 0,
    out: expect.stringContaining('already'),
  })
  expect(await invite('Polisen', 'Tove Torsby', '--role', 'admin')).toMatchObject({
    code: 1,
    error: 'Tove Torsby has a seat in Torsby, and a person has one at a time in a collaboration.\n',
  })
})

test('what the operator does is told live to all parties, and nobody of theirs did it', async () => {
  pia = await accept(linkIn((await invite('Polisen', 'Pia Polis', '--role', 'coordinator')).out))
  const task = await jointTask(tove)
  const feed = await pia.followFromNow()
  await admit('--name', 'Region Värmland', '--mark', 'R', '--role', 'associate', '--kind', 'region')
  const admitted = await feed.until('party.admitted')
  const { id: region } = (await world.sql<{ id: string }>("select id from party where mark = 'R'"))[0] ?? { id: '' }
  expect(admitted).toMatchObject({
    actor: null,
    party: { id: globalId('Party', region) },
    subject: { __typename: 'Party', id: globalId('Party', region) },
    fields: ['name', 'role'],
  })
  const { node } = await pia.query<{ node: { readers: { name: string }[] } }>(
    'query ($id: ID!) { node(id: $id) { ... on Task { readers { name } } } }',
    { id: task.id },
  )
  expect(node.readers.map(({ name }) => name).toSorted()).toEqual(['Polisen', 'Region Värmland', 'Torsby'])

  const { out } = await invite('R', 'Ragna Region', '--role', 'observer')
  expect(await feed.until('member.invited')).toMatchObject({
    actor: null,
    party: { id: globalId('Party', region) },
    subject: { __typename: 'Member', name: 'Ragna Region', roles: ['OBSERVER'] },
  })
  const ragna = await accept(linkIn(out))
  expect(await feed.until('member.joined')).toMatchObject({ actor: { id: ragna.memberId } })
  // The new party reads what is joint from now on, and its stream begins with its own admission.
  expect(await ragna.query('{ collaboration { tasks(first: 10) { nodes { id } } } }')).toMatchObject({
    collaboration: { tasks: { nodes: [{ id: task.id }] } },
  })
  const [first] = await world.sql(
    'select entry.kind, told.seq::int from stream_entry told join journal_entry entry on entry.id = entry_id where stream_id = $1 order by seq',
    [region],
  )
  expect(first).toEqual({ kind: 'party.admitted', seq: 1 })
  await feed.stop()
})

test('removal ends it: the open socket, the next request, and the seat at the next sign-in', async () => {
  const mine = await tove.followFromNow()
  const others = await pia.followFromNow()
  await does(tove, 'createTask', { id: crypto.randomUUID(), title: 'Ett sista ord' })
  await mine.until('task.created')
  // She is the last admin of her party: a member could not remove her, the operator can, and can invite another.
  const removed = await run('member', 'remove', '--collaboration', 'sutohamu', '--email', 'tove@example.org')
  expect(removed).toEqual({ code: 0, out: 'Tove Torsby no longer has a seat in Torsby.\n', error: '' })
  expect(await others.until('member.removed')).toMatchObject({ actor: null, subject: { name: 'Tove Torsby' } })
  expect(await mine.closed).toBe(4403)
  expect(mine.kinds).not.toContain('member.removed')
  const seat = '{ viewer { seats { slug } member { id } } collaboration { id } }'
  expect(await tove.query(seat)).toEqual({ viewer: { seats: [], member: null }, collaboration: null })
  const response = await world.visitor().submit('/auth/sign-in', { email: 'tove@example.org', password: PASSWORD })
  expect(response.status).toBe(303)
  await expect(signedIn(cookieOf(response))).rejects.toThrow('nobody is signed in')
  expect(await run('member', 'remove', '--collaboration', 'sutohamu', '--email', 'tove@example.org')).toMatchObject({
    code: 1,
    error: 'Nobody with the address tove@example.org has a seat in SuToHaMu.\n',
  })
  await others.stop()
})

test('somebody removed is invited anew, and keeps the password', async () => {
  const link = linkIn((await invite('Torsby', 'Tove Torsby', '--role', 'contributor')).out)
  const token = new URL(link).searchParams.get('token') ?? ''
  const wrong = await world.visitor().submit('/auth/invitation', { token, password: 'en annan lång lösenfras' })
  expect(wrong.headers.get('location')).toContain('error=WRONG')
  expect((await accept(link)).seat.roles).toEqual(['CONTRIBUTOR'])
})

test('in a real browser the link leads to the board', async () => {
  const browser = await openBrowser()
  onTestFinished(browser.close)
  const page = await (await browser.open({ baseURL: world.url })).newPage()
  await page.goto(linkIn((await invite('Polisen', 'Pontus Polis', '--role', 'observer')).out))
  const form = page.locator('form[action="/auth/invitation"]')
  await form.locator('input[type=password]').fill(PASSWORD)
  await Promise.all([
    page.waitForResponse((answer) => answer.request().method() === 'POST'),
    form.locator('button').last().click(),
  ])
  await page.waitForURL('**/c/sutohamu')
  expect(page.url()).not.toContain('token')

  // All that is joint has a new reader: an open page looks again, without being loaded anew.
  await page.goto('/c/sutohamu/members')
  await page.getByText('Ragna Region').first().waitFor()
  await admit('--name', 'Munkfors', '--mark', 'M', '--municipality-code', '1762')
  await page.locator('main').getByText('Munkfors').first().waitFor()
})

test('the list shows who sits where', async () => {
  const today = (await world.sql<{ day: string }>(`select to_char(now() at time zone 'UTC', 'YYYY-MM-DD') as day`))[0]?.day
  const { out } = await run('list', '--collaboration', 'sutohamu')
  expect(out.replaceAll(String(today), 'today')).toBe(
    `SuToHaMu (sutohamu, Europe/Stockholm), opened today
  T   Torsby, signatory: Torsby kommun (1737)
        Tove Torsby <tove@example.org>, Samordnare: contributor; joined today
  P   Polisen, signatory: Polisen
        Pia Polis <pia@example.org>, Samordnare: coordinator; joined today
        Pontus Polis <pontus@example.org>, Samordnare: observer; joined today
  R   Region Värmland, associate: Region Värmland
        Ragna Region <ragna@example.org>, Samordnare: observer; joined today
  M   Munkfors, signatory: Munkfors (1762)
        Nobody has been invited yet.
`,
  )
  expect(await run('list', '--collaboration', 'other')).toMatchObject({ code: 1, error: expect.stringContaining('"other"') })
})

test('two operators at once admit and invite without tripping over each other', async () => {
  const parties = await Promise.all([
    admit('--name', 'Sunne', '--mark', 'S', '--municipality-code', '1766'),
    admit('--name', 'Hagfors', '--mark', 'H', '--municipality-code', '1783'),
  ])
  expect(parties.map(({ code }) => code)).toEqual([0, 0])
  const people = await Promise.all(['Saga', 'Sixten'].map((name) => invite('Sunne', name, '--role', 'contributor')))
  expect(people.map(({ code }) => code)).toEqual([0, 0])
  const ordinals = await world.sql<{ ordinal: number }>('select ordinal from party order by ordinal')
  expect(ordinals.map(({ ordinal }) => ordinal)).toEqual([1, 2, 3, 4, 5, 6])
  await eventually('every intent is sealed', async () => (await world.sql('select from journal_intent')).length === 0)
})

test('an application role of another name is as good: its removals carry the time of the removal', async () => {
  const name = `hub_${crypto.randomUUID().slice(0, 8)}`
  await withClient(ownerUrl, (client) => client.query(`create role ${name} login password 'hub'; grant samsyn_app to ${name}`))
  const url = new URL(ownerUrl)
  Object.assign(url, { username: name, password: 'hub' })
  const given = { DATABASE_URL: ownerUrl, DATABASE_APP_URL: url.href }
  const words = ['member', 'remove', '--collaboration', 'sutohamu', '--email', 'pia@example.org']
  expect(await samsyn(words, given)).toMatchObject({ code: 0, error: '' })
  const [pias] = await world.sql<{ later: boolean }>(
    `select removed_at > joined_at as later from member where name = 'Pia Polis'`,
  )
  expect(pias).toEqual({ later: true })
  await withClient(ownerUrl, (client) => client.query(`drop role ${name}`))
})

test('a program is given a key, which is shown once, listed without it, and taken back', async () => {
  const place = ['--collaboration', 'sutohamu', '--party', 'Torsby', '--name', 'Diariet']
  const made = await run('key', 'create', ...place, '--days', '30', '--slices', 'tasks,files')
  expect(made).toMatchObject({ code: 0, error: '' })
  const [key = ''] = /samsyn_[\w-]{43}/.exec(made.out) ?? []
  const ask = async (shown = key) => {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${shown}` }
    const response = await fetch(`${world.url}/graphql`, {
      method: 'POST',
      headers,
      body: '{"query":"{ viewer { party { name } } }"}',
    })
    return response.status === 200 ? response.json() : response.status
  }
  const whose = { data: { viewer: { party: { name: 'Torsby' } } } }
  expect(await ask()).toEqual(whose)
  expect(await run('key', 'create', ...place)).toMatchObject({ code: 1, error: expect.stringContaining('already') })
  const { out } = await run('list')
  expect(out).toMatch(/key "Diariet", reads parties, members, tasks, files, expires \d{4}-\d\d-\d\d; last used/)
  expect(out).not.toContain(key)
  const rotated = await run('key', 'rotate', ...place, '--overlap', '1', '--days', '365')
  expect(rotated).toMatchObject({ code: 0, error: '', out: expect.stringContaining('The former goes on for 1 h') })
  const [other = ''] = /samsyn_[\w-]{43}/.exec(rotated.out) ?? []
  expect([await ask(), await ask(other)]).toEqual([whose, whose])
  expect((await run('list')).out).toMatch(
    /key "Diariet", reads .*, expires .*; the former secret works until \d{4}-\d\d-\d\d \d\d:\d\d/,
  )
  expect(await run('key', 'rotate', ...place, '--overlap', '0')).toMatchObject({ code: 0, error: '' })
  expect(await ask(other)).toBe(401)
  expect(await run('key', 'revoke', ...place)).toMatchObject({ code: 0, error: '' })
  expect(await ask()).toBe(401)
  expect(await run('key', 'rotate', ...place)).toMatchObject({ code: 1, error: 'Torsby has no key "Diariet" that holds.\n' })
  expect((await run('list')).out).not.toContain('Diariet')
  expect(await run('key', 'revoke', ...place)).toMatchObject({ code: 1, error: 'Torsby has no key "Diariet".\n' })
})
