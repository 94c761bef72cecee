import { once } from 'node:events'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import type { Actor } from '../world/actor.ts'
import { does, jointTask, newTask } from '../world/acts.ts'
import { eventually } from '../world/eventually.ts'
import { FOLLOW, type SocketHolder } from '../world/following.ts'
import { programOf } from '../world/program.ts'
import { openWorld } from '../world/world.ts'
import { accept, linkIn, operator } from './newcomers.ts'
import { Plain } from './plain.ts'

// How much of a server one person and one collaboration may hold: the first that is too many is refused and told why, nobody else
// notices, and what has ended, however it ended, makes room.

const [SOCKETS, SUBSCRIPTIONS, FOLLOWERS] = [20, 100, 120]
const world = await openWorld({ env: { FOLLOWER_LIMIT: String(FOLLOWERS) } })
afterAll(world.close)
const [torsby, sunne] = [await world.as('Torsby'), await world.as('Sunne')]
const others = [await world.as('Polisen'), await world.as('Hagfors'), await world.as('Munkfors')]
/** The same person, signed in elsewhere. */
const again = await world.as('Torsby')

/** A place for each after which something happened: whoever follows from there is told at once. */
const places = new Map<SocketHolder, string>()

const open: Plain[] = []
const enter = async (who: SocketHolder): Promise<Plain> => {
  const plain = new Plain(who, places)
  expect(await plain.refused()).toBeUndefined()
  open.push(plain)
  return plain
}
const enterMany = (who: SocketHolder, number: number): Promise<Plain[]> =>
  Promise.all(Array.from({ length: number }, () => enter(who)))
/** Let in once there is room: that one has closed is known here before it is known there. */
const room = (who: SocketHolder): Promise<true> =>
  eventually('there is room', async () => {
    const plain = new Plain(who, places)
    const refused = await plain.refused()
    if (refused === undefined) open.push(plain)
    return refused === undefined
  })
const leave = async (): Promise<void> => {
  await Promise.all(open.splice(0).map((plain) => plain.socket.readyState === WebSocket.OPEN && plain.close()))
}
afterEach(leave)

/** A person of another collaboration. */
let elsewhere: Actor
beforeAll(async () => {
  for (const who of [torsby, again, sunne, ...others]) places.set(who, await who.cursor())
  await jointTask(torsby)
  const place = ['--collaboration', 'gransen']
  const seat = ['--name', 'Greta Gräns', '--email', 'greta@gransen.example', '--title', 'Gränsvakt', '--role', 'coordinator']
  await operator(world, 'collaboration', 'open', '--slug', 'gransen', '--name', 'Gränsen', '--purpose', 'Att hålla isär.')
  await operator(
    world,
    'party',
    'admit',
    ...place,
    '--name',
    'Vakten',
    '--mark',
    'V',
    '--role',
    'signatory',
    '--kind',
    'municipality',
  )
  elsewhere = await accept(
    world.server,
    linkIn(await operator(world, 'member', 'invite', ...place, '--party', 'Vakten', ...seat)),
    'gransen',
  )
  places.set(elsewhere, await elsewhere.cursor())
  await newTask(elsewhere)
})

test(`a person has ${SOCKETS} sockets, over all sessions; one too many is closed with 4420, and let in when there is room`, async () => {
  const sockets = [...(await enterMany(torsby, SOCKETS / 2)), ...(await enterMany(again, SOCKETS / 2))]
  for (const who of [torsby, again]) expect(await new Plain(who, places).refused()).toBe(4420)
  // Nobody else, not even a program of the same party, and nothing else of the person's.
  await enter(sunne)
  await enter(await programOf(world.server, torsby))
  expect(await torsby.query('{ __typename }')).toEqual({ __typename: 'Query' })
  expect(await sockets[0]?.ask('{ __typename }')).toBe('told')

  await sockets[0]?.close()
  await room(torsby)
  expect(await new Plain(torsby, places).refused()).toBe(4420)
  // Without a farewell.
  sockets[1]?.socket.terminate()
  await room(torsby)
  expect(await new Plain(torsby, places).refused()).toBe(4420)
  await leave()
  // Whoever is gone before being known, or while being asked who it is, was never there.
  for (let time = 0; time < SOCKETS; time++) {
    const { socket } = new Plain(torsby, places)
    await once(socket, 'open')
    socket.terminate()
  }
  for (let time = 0; time < SOCKETS; time++) await room(torsby)
})

test(`a person follows ${SUBSCRIPTIONS} times, over all sockets and over HTTP; the next is refused, and its socket stays`, async () => {
  const many = await enterMany(torsby, 3)
  const [first, second, third] = many as [Plain, Plain, Plain]
  const fill = async (plain: Plain, number: number) =>
    expect(new Set(await Promise.all(Array.from({ length: number }, () => plain.follow())))).toEqual(new Set(['told']))
  await fill(first, 50)
  await fill(second, 49)
  expect(await third.follow('last')).toBe('told')
  expect(await third.follow()).toBe('TOO_MANY_SUBSCRIPTIONS')
  // Through the other door too, where everything but following goes on.
  const overHttp = await torsby.ask(FOLLOW, { after: places.get(torsby) })
  expect(overHttp.errors?.[0]?.extensions?.['code']).toBe('TOO_MANY_SUBSCRIPTIONS')
  expect(await torsby.query('{ __typename }')).toEqual({ __typename: 'Query' })
  expect(await third.ask('{ __typename }')).toBe('told')
  expect(await (await enter(sunne)).follow()).toBe('told')

  third.complete('last')
  expect(await third.follow()).toBe('told')
  expect(await third.follow()).toBe('TOO_MANY_SUBSCRIPTIONS')
})

test('what has ended is not counted, however it ended', async () => {
  const stream = async () => {
    const leaving = new AbortController()
    const response = await torsby.fetch('/graphql', {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'text/event-stream',
        origin: torsby.origin,
        'samsyn-collaboration': 'sutohamu',
      },
      body: JSON.stringify({ query: FOLLOW, variables: { after: places.get(torsby) } }),
      signal: leaving.signal,
    })
    expect(response.headers.get('content-type')).toContain('text/event-stream')
    await response.body?.getReader().read()
    leaving.abort()
  }
  for (let round = 0; round < 5; round++) {
    for (let time = 0; time < 10; time++) await stream()
    const plain = await enter(torsby)
    for (let time = 0; time < 10; time++) {
      // Ended by whoever asked, once told and before; by itself; and before it had begun, because it is wrong.
      expect(await plain.follow('told')).toBe('told')
      plain.complete('told')
      plain.sendFollow('hasty')
      plain.complete('hasty')
      expect(await plain.ask(FOLLOW, { after: 'from nowhere' })).toBe('told')
      expect(await plain.ask('subscription { changes { nothing } }')).toBe('GRAPHQL_VALIDATION_FAILED')
    }
    // Two of one name at once, of which the first was let go of; and the line lost while more are on their way.
    plain.sendFollow('same')
    plain.complete('same')
    plain.sendFollow('same')
    for (let time = 0; time < 20; time++) plain.sendFollow(`lost ${time}`)
    expect(await plain.ask('{ __typename }')).toBe('told')
    plain.socket.terminate()
  }
  const [one, other, third] = (await enterMany(torsby, 3)) as [Plain, Plain, Plain]
  for (let time = 0; time < SUBSCRIPTIONS; time++)
    await eventually('there is room', async () => (await (time % 2 ? one : other).follow()) === 'told')
  expect(await third.follow()).toBe('TOO_MANY_SUBSCRIPTIONS')
})

test(`a collaboration has ${FOLLOWERS} followers here, as it is set; another one has room`, async () => {
  const people = [torsby, sunne, ...others.slice(0, 2)]
  const sockets = await Promise.all(people.map(enter))
  const outcomes = await Promise.all(
    sockets.flatMap((plain) => Array.from({ length: FOLLOWERS / people.length }, () => plain.follow())),
  )
  expect(new Set(outcomes)).toEqual(new Set(['told']))
  const late = await enter(others[2] ?? torsby)
  expect(await late.follow()).toBe('TOO_MANY_FOLLOWERS')
  expect(await late.ask('{ __typename }')).toBe('told')
  expect(await (await enter(elsewhere)).follow()).toBe('told')

  await sockets[0]?.close()
  await eventually('there is room', async () => (await late.follow()) === 'told')
})

test('what happens in one collaboration is told beside a busy one, and not after it', async () => {
  const following = await elsewhere.followFromNow()
  const tell = async (times: number): Promise<number[]> => {
    const waits: number[] = []
    for (let time = 0; time < times; time++) {
      const start = performance.now()
      const { id } = await newTask(elsewhere)
      await following.until(({ subjectId }) => subjectId === id)
      waits.push(performance.now() - start)
    }
    return waits.toSorted((a, b) => a - b)
  }
  const middle = (waits: readonly number[]) => waits[Math.floor(waits.length / 2)] ?? Number.NaN
  await tell(10)
  const quiet = await tell(50)
  const listeners = await enterMany(sunne, 10)
  for (const plain of listeners) expect(await plain.follow()).toBe('told')
  const work = { over: false }
  let acts = 0
  const busy = Promise.all(
    [torsby, sunne].map(async (who) => {
      const { id } = await newTask(who)
      for (let version = 1; !work.over; version++) {
        await does(who, 'editTask', { id, baseVersion: version, title: `Belysning ${version}` })
        acts += 1
      }
    }),
  )
  const start = performance.now()
  const besides = await tell(50)
  const seconds = (performance.now() - start) / 1_000
  work.over = true
  await busy
  console.log(
    `done and told in one collaboration: median ${middle(quiet).toFixed(1)} ms, at most ${quiet.at(-1)?.toFixed(1)} ms; beside another one with ` +
      `${(acts / seconds).toFixed(0)} acts a second: median ${middle(besides).toFixed(1)} ms, at most ${besides.at(-1)?.toFixed(1)} ms`,
  )
  // They share a machine; but it is told when it rings, and neither by the poll nor after what the other has in front of it.
  expect(besides.at(-1)).toBeLessThan(2_000)
  await following.stop()
})
