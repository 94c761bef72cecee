import { afterAll, describe, expect, test } from 'vitest'
import { mint, uuidOf, type Actor } from '../world/actor.ts'
import { act, does, jointTask, newTask } from '../world/acts.ts'
import { programOf } from '../world/program.ts'
import { openWorld } from '../world/world.ts'
import { byMozilla, byNode, type Feed, linkOf } from './feeds.ts'

// The days by which tasks are to be done, in somebody's own calendar: read by two parsers that nobody here wrote, true to what the
// owner may read at that moment, and gone at once when the link is.

const world = await openWorld()
afterAll(world.close)
const [torsby, sunne, hagfors] = [await world.as('Torsby'), await world.as('Sunne'), await world.as('Hagfors')]
const contributor = await world.as('Torsby', 'CONTRIBUTOR')
const parties = (
  await torsby.query<{ collaboration: { parties: { id: string; name: string }[] } }>('{ collaboration { parties { id name } } }')
).collaboration.parties
const partyOf = (name: string) => parties.find((party) => party.name === name)?.id ?? ''

const read = async (url: string): Promise<Feed> => {
  const response = await fetch(url)
  expect(response.status).toBe(200)
  const text = await response.text()
  const feed = byMozilla(text)
  expect(byNode(text)).toEqual(feed)
  // Lines of at most 75 octets, ended as they should (RFC 5545, 3.1).
  const lines = text.split('\r\n')
  expect(lines.filter((line) => Buffer.byteLength(line) > 75 || line.includes('\n'))).toEqual([])
  return feed
}

interface Task {
  readonly id: string
  readonly title: string
  readonly dueOn: string | null
  readonly version: number
}

/** What the same filter gives by query: the days that a calendar should have. */
const queried = async (actor: Actor, filter: Record<string, unknown>): Promise<Task[]> => {
  const { collaboration } = await actor.query<{ collaboration: { tasks: { nodes: Task[] } } }>(
    'query ($filter: TaskFilter) { collaboration { tasks(filter: $filter, sort: DUE_ON, first: 100) { nodes { id title dueOn version } } } }',
    { filter: { states: ['GIVEN', 'ONGOING', 'DELIVERED'], ...filter } },
  )
  return collaboration.tasks.nodes.filter(({ dueOn }) => dueOn !== null)
}

const expectSame = ({ days }: Feed, tasks: readonly Task[]) =>
  expect(days.map(({ uid, title, on, sequence, url }) => ({ uid, title, on, sequence, url })).toSorted(byKey)).toEqual(
    tasks
      .map(({ id, title, dueOn, version }) => ({
        uid: `${uuidOf(id)}@samsyn`,
        title,
        on: dueOn,
        sequence: version - 1,
        url: `${world.url}/c/${torsby.slug}/tasks/${uuidOf(id)}`,
      }))
      .toSorted(byKey),
  )
const byKey = (a: { uid: string }, b: { uid: string }) => (a.uid < b.uid ? -1 : 1)

const TITLE = 'Åtgärd: "citat", komma; semikolon \\ snedstreck, och så långt att raden måste vikas mitt i ett ö 🚸 öööööööööööööö'

describe('a calendar', () => {
  test('of one’s own has what one does; the party’s what it answers for', async () => {
    await newTask(torsby, { title: TITLE, dueOn: '2027-03-01', responsible: [partyOf('Torsby')], assignees: [torsby.memberId] })
    await newTask(torsby, { title: 'Utan datum', responsible: [partyOf('Torsby')], assignees: [torsby.memberId] })
    await newTask(torsby, {
      title: 'Tuvas',
      dueOn: '2027-03-02',
      responsible: [partyOf('Torsby')],
      assignees: [contributor.memberId],
    })
    const [mine, ours] = [await linkOf(torsby), await linkOf(torsby, { party: true })]
    const [own, party] = [await read(mine.url), await read(ours.url)]
    expectSame(own, await queried(torsby, { assignees: [torsby.memberId] }))
    expectSame(party, await queried(torsby, { responsible: [partyOf('Torsby')] }))
    expect([own.name, party.name]).toEqual([`Samsyn: ${torsby.seat.name}`, 'Samsyn: Torsby'])
    expect(own.days.map(({ title }) => title)).toContain(TITLE)
    expect(own.days.map(({ title }) => title)).not.toContain('Tuvas')
    expect(party.days.map(({ title }) => title)).toContain('Tuvas')
    const day = own.days.find(({ title }) => title === TITLE)
    expect(day).toMatchObject({
      on: '2027-03-01',
      until: '2027-03-02',
      text: `Läge: Given\nAnsvarig part: Torsby\nGör arbetet: ${torsby.seat.name}`,
    })
    const english = await read(`${mine.url}&language=en`)
    expect(english.days.find(({ title }) => title === TITLE)?.text).toMatch(/^State: Given\nResponsible party: Torsby/)
  })

  test('changes with the task, which stays the same event', async () => {
    const { url } = await linkOf(torsby)
    const task = { title: 'Flyttas', dueOn: '2027-05-01', assignees: [torsby.memberId] }
    const { id, version } = await newTask(torsby, task)
    const day = async () => (await read(url)).days.find(({ uid }) => uid === `${uuidOf(id)}@samsyn`)
    const first = await day()
    const moved = (await does(torsby, 'editTask', { id, baseVersion: version, title: 'Flyttad', dueOn: '2027-06-30' })).subject
    const second = await day()
    expect(second).toMatchObject({ title: 'Flyttad', on: '2027-06-30', until: '2027-07-01' })
    expect(second?.sequence).toBeGreaterThan(first?.sequence ?? Infinity)
    expect(Date.parse(second?.modified ?? '')).toBeGreaterThanOrEqual(Date.parse(first?.modified ?? ''))
    await does(torsby, 'moveTask', { id, state: 'DELIVERED', after: null })
    expect((await day())?.text).toMatch(/^Läge: Levererad/)
    await does(torsby, 'moveTask', { id, state: 'APPROVED', after: null })
    expect(await day()).toBeUndefined()
    await does(torsby, 'moveTask', { id, state: 'ONGOING', after: null })
    expect(await day()).toMatchObject({ uid: first?.uid })
    await does(torsby, 'editTask', { id, baseVersion: Number(moved.version) + 3, dueOn: null })
    expect(await day()).toBeUndefined()
  })

  test('has another party’s task when it is shared, and not a moment before', async () => {
    const { url } = await linkOf(hagfors, { party: true })
    const titles = async () => (await read(url)).days.map(({ title }) => title)
    const { id } = await newTask(sunne, { title: 'Hemligt hos Sunne', dueOn: '2027-04-01' })
    // Nobody is named by the service before they may read: the row is made to name them, so that the filter finds it.
    await world.sql('update task set responsible = array[$1::uuid] where id = $2', [uuidOf(partyOf('Hagfors')), uuidOf(id)])
    const before = await (await fetch(url)).text()
    expect(before).not.toContain('Hemligt')
    await does(sunne, 'shareTask', { id, audience: 'SHARED', with: [partyOf('Hagfors')] })
    expect(await titles()).toContain('Hemligt hos Sunne')
    expect(await (await fetch((await linkOf(torsby, { party: true })).url)).text()).not.toContain('Hemligt')
  })
})

describe('over HTTP', () => {
  test('told to be private, and told once: the same again is 304, until something changes', async () => {
    const { url } = await linkOf(torsby)
    const first = await fetch(url)
    const headers = ['content-type', 'cache-control', 'x-content-type-options', 'content-disposition', 'referrer-policy']
    expect(headers.map((name) => first.headers.get(name))).toEqual([
      'text/calendar; charset=utf-8',
      'private, no-cache',
      'nosniff',
      'attachment; filename="samsyn.ics"',
      'same-origin',
    ])
    const etag = first.headers.get('etag') ?? ''
    const again = (mark: string) => fetch(url, { headers: { 'if-none-match': mark } })
    for (const mark of [etag, etag.replace('W/', ''), `"x", ${etag}`, '*']) {
      const same = await again(mark)
      expect([same.status, await same.text(), same.headers.get('etag')], mark).toEqual([304, '', etag])
    }
    await newTask(torsby, { title: 'Nytt', dueOn: '2027-08-01', assignees: [torsby.memberId] })
    const changed = await again(etag)
    expect([changed.status, changed.headers.get('etag') === etag]).toEqual([200, false])
    const head = await fetch(url, { method: 'HEAD' })
    expect([head.status, head.headers.get('etag'), await head.text()]).toEqual([200, changed.headers.get('etag'), ''])
    expect((await fetch(url, { method: 'POST' })).status).toBe(405)
  })

  test('what was revoked, never was, is misspelt or belongs to somebody removed is one answer', async () => {
    const tuva = await world.as('Torsby', 'CONTRIBUTOR')
    const links = [await linkOf(torsby), await linkOf(tuva)]
    for (const { url } of links) expect((await fetch(url)).status).toBe(200)
    await does(torsby, 'revokeCalendarLink', { id: links[0]?.made.id })
    await does(torsby, 'removeMember', { id: tuva.memberId })
    const at = (token: string) => `${world.url}/calendar.ics${token}`
    const urls = [
      ...links.map(({ url }) => url),
      at(''),
      at('?token=x'),
      at(`?token=${'A'.repeat(43)}`),
      at(`?token=${'A'.repeat(9_000)}`),
    ]
    const answers = await Promise.all(
      [...urls, `${(await linkOf(torsby)).url}&language=xx`].map(async (url) => {
        const { status, headers, ...response } = await fetch(url, {
          headers: { cookie: torsby.cookie ?? '', 'if-none-match': '*' },
        }).then(async (found) => ({ status: found.status, headers: found.headers, text: await found.text() }))
        return `${status} ${headers.get('cache-control')} ${headers.get('etag')} ${response.text}`
      }),
    )
    expect([...new Set(answers)]).toEqual(['404 private, no-store null Not found'])
  })

  test('of what opens it only a hash is kept; nothing of it is in the log', async () => {
    const { url, made } = await linkOf(torsby, { name: 'Diariets kalender' })
    await fetch(url)
    const token = new URL(url).searchParams.get('token') ?? ''
    expect(token).toMatch(/^[\w-]{43}$/)
    const [{ kept } = { kept: '' }] = await world.sql<{ kept: string }>(
      `select (select json_agg(l) from calendar_link l)::text || (select json_agg(s) from calendar_secret s)::text || (select json_agg(e) from journal_entry e)::text as kept`,
    )
    expect(kept).toContain(uuidOf(made.id))
    expect(kept).not.toContain(token)
    expect(JSON.stringify(world.log)).not.toContain(token)
    const { node } = await torsby.query<{ node: { lastUsedAt: string } }>(
      'query ($id: ID!) { node(id: $id) { ... on CalendarLink { lastUsedAt } } }',
      { id: made.id },
    )
    expect(Date.now() - Date.parse(node.lastUsedAt)).toBeLessThan(60_000)
  })
})

describe('making and revoking', () => {
  test('one’s own by anybody, the party’s by those who look after its people; to others there is none', async () => {
    const observer = await world.as('Sunne', 'OBSERVER')
    const own = await linkOf(observer)
    expect(own.made['member']).toEqual({ id: observer.memberId })
    expect(await act(observer, 'makeCalendarLink', { id: mint(), name: 'Nej', party: true })).toMatchObject({ code: 'ROLE' })
    const ours = await linkOf(sunne, { party: true })
    expect(ours.made['member']).toBeNull()
    expect(await act(observer, 'revokeCalendarLink', { id: ours.made.id })).toMatchObject({ code: 'ROLE' })
    const foreign = await act(torsby, 'revokeCalendarLink', { id: own.made.id })
    expect(foreign).toEqual(await act(torsby, 'revokeCalendarLink', { id: btoa(`CalendarLink:${mint()}`) }))
    const list = '{ collaboration { calendarLinks(first: 100) { totalCount nodes { id } } } }'
    const of = async (actor: Actor) =>
      (await actor.query<{ collaboration: { calendarLinks: { totalCount: number; nodes: { id: string }[] } } }>(list))
        .collaboration.calendarLinks
    expect((await of(observer)).nodes.map(({ id }) => id)).toContain(ours.made.id)
    expect(await of(await world.as('Munkfors'))).toEqual({ totalCount: 0, nodes: [] })
    await does(sunne, 'revokeCalendarLink', { id: own.made.id })
    expect((await fetch(own.url)).status).toBe(404)
  })

  test('what is wrong is told beside its field; the address is shown once', async () => {
    for (const name of [' ', 'x'.repeat(101), 'två\nrader', 'åt\u202Ehåll'])
      expect(await act(torsby, 'makeCalendarLink', { id: 'x', name })).toMatchObject({
        issues: [
          { field: 'id', code: 'INVALID_ID' },
          { field: 'name', code: expect.stringMatching(/EMPTY|TOO_LONG|INVALID_CHARACTER/) },
        ],
      })
    const input = { id: mint(), name: 'En gång', idempotencyKey: mint() }
    const [first, again] = [await act(torsby, 'makeCalendarLink', input), await act(torsby, 'makeCalendarLink', input)]
    expect(first['url']).toMatch(/\/calendar\.ics\?token=[\w-]{43}$/)
    expect(again).toMatchObject({ url: null, link: { id: (first['link'] as { id: string }).id } })
    const program = await programOf(world.server, torsby)
    const refused = await program.ask(
      'mutation ($input: MakeCalendarLinkInput!) { makeCalendarLink(input: $input) { ... on NotAllowed { code } } }',
      {
        input: { id: mint(), name: 'Nej' },
      },
    )
    expect(refused.data).toEqual({ makeCalendarLink: { code: 'READ_ONLY_KEY' } })
    for (const verb of ['makeCalendarLink', 'revokeCalendarLink'] as const) {
      const type = `${verb.charAt(0).toUpperCase()}${verb.slice(1)}Input`
      const document = `mutation ($input: ${type}!) { ${verb}(input: $input) { __typename ... on InvalidInput { issues { field code } } ... on NotFound { field } } }`
      const input = { id: 'x', ...(verb === 'makeCalendarLink' && { name: '' }) }
      expect((await torsby.askLive(document, { input })).data).toEqual((await torsby.ask(document, { input })).data)
    }
  })

  test('a joint task with a day comes to the calendar of a party that came to answer for it', async () => {
    const { url } = await linkOf(sunne, { party: true })
    const { id } = await jointTask(torsby, { title: 'Gemensam insats', dueOn: '2027-09-09' })
    expect((await read(url)).days.map(({ title }) => title)).not.toContain('Gemensam insats')
    await does(torsby, 'assignTask', { id, baseVersion: 2, responsible: [partyOf('Sunne')] })
    expect((await read(url)).days.map(({ title }) => title)).toContain('Gemensam insats')
  })
})
