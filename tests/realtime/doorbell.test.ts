import { withClient } from '@samsyn/prisma/engine/databases'
import { ensureRoles } from '@samsyn/prisma/engine/roles'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Actor, mint, uuidOf } from '../world/actor.ts'
import { does, jointTask } from '../world/acts.ts'
import { eventually } from '../world/eventually.ts'
import type { Following } from '../world/following.ts'
import { openRedis, redisIsThere, type RedisProcess } from '../world/redis.ts'
import type { ServerProcess } from '../world/serverProcess.ts'
import { openWorld, type PartyName, type World } from '../world/world.ts'
import { accept, linkIn, operator } from './newcomers.ts'

// Two servers on one database, and the bell between them. Whatever the bell is made of: what is done at one server is seen at the
// other before it would have looked by itself; when the bell is out of order all is seen late, and when it is back, at once again.

const OUT_OF_ORDER_MS = process.env['PROVE'] ? 60_000 : 3_000
/** Half of the poll that comes without a bell. One act after the other waits for a whole one then. */
const AT_ONCE_MS = 1_000
const CHANNEL = 'samsyn journal'

/** A bell that hangs between two servers. */
interface Hung {
  readonly settings: NodeJS.ProcessEnv
  /** How many servers would hear it. */
  readonly hearing: (world: World) => Promise<number>
  /** Puts it out of order; asked for again and again, for one that is mended by itself. */
  readonly silence: (world: World) => Promise<void>
  readonly mend: () => Promise<void>
  readonly close: () => Promise<void>
}

const LISTENING = `from pg_stat_activity where application_name = 'samsyn doorbell' and datname = current_database()`
const hangNotify = async (): Promise<Hung> => {
  let roles: ReturnType<typeof ensureRoles> | undefined
  return {
    settings: {},
    hearing: async (world) => (await world.sql(`select ${LISTENING}`)).length,
    // As the application: a role's connections are its own to end.
    silence: async (world) => {
      const { applicationUrl } = await (roles ??= ensureRoles(world.ownerUrl))
      await withClient(applicationUrl, (client) => client.query(`select pg_terminate_backend(pid) ${LISTENING}`))
    },
    mend: async () => undefined,
    close: async () => undefined,
  }
}

const hangRedis = (redis: RedisProcess): Hung => ({
  settings: { DOORBELL_URL: redis.url },
  hearing: () => redis.listeners(CHANNEL),
  silence: () => redis.kill(),
  mend: () => redis.start(),
  close: () => redis.close(),
})

const say = async (who: Actor, talk: string): Promise<string> =>
  (await does(who, 'writeComment', { id: mint(), task: talk, audience: 'AS_PARENT', text: 'Hör du mig?' })).subject.id

const figures = (delays: readonly number[]) => {
  const sorted = delays.toSorted((a, b) => a - b)
  const at = (share: number) => Math.round(sorted[Math.floor((sorted.length - 1) * share)] ?? Number.NaN)
  return { median: at(0.5), most: at(1), text: `median ${at(0.5)} ms, at most ${at(1)} ms` }
}

/** Two servers, somebody who writes at each, and somebody who follows at each. */
class Table {
  readonly world: World
  readonly servers: readonly [ServerProcess, ServerProcess]
  readonly writers: readonly [Actor, Actor]
  readonly feeds: readonly [Feed, Feed]
  readonly talk: string

  constructor(world: World, servers: Table['servers'], writers: Table['writers'], feeds: Table['feeds'], talk: string) {
    this.world = world
    this.servers = servers
    this.writers = writers
    this.feeds = feeds
    this.talk = talk
  }

  static async lay(hung: Hung): Promise<Table> {
    const world = await openWorld({ env: hung.settings })
    const servers = [world.server, await world.anotherServer()] as const
    const writers = [await world.as('Torsby'), await world.as('Sunne', 'COORDINATOR', servers[1])] as const
    const { id: talk } = await jointTask(writers[0])
    const feeds = [await Feed.open(world, 'Munkfors', servers[0]), await Feed.open(world, 'Polisen', servers[1])] as const
    await eventually('both servers hear the bell', async () => (await hung.hearing(world)) === 2)
    return new Table(world, servers, writers, feeds, talk)
  }

  /** Something is said at one server and waited for at the other: how long that took. */
  async sayAndSee(): Promise<number> {
    const start = performance.now()
    const said = await say(this.writers[0], this.talk)
    await this.feeds[1].following.until(({ subjectId }) => subjectId === said, 30_000)
    return performance.now() - start
  }

  async oneAfterTheOther(times: number): Promise<number[]> {
    const delays: number[] = []
    for (let time = 1; time <= times; time++) delays.push(await this.sayAndSee())
    return delays
  }

  /** Everybody is told all that was acknowledged: each once, in the order of the journal. Gives how long they waited for it. */
  async expectAllTold(acknowledged: readonly string[]): Promise<number> {
    const start = performance.now()
    for (const { following, party, place } of this.feeds) {
      const stream = await this.world.sql<{ id: string }>(
        'select entry_id as id from stream_entry where stream_id = $1 and seq > $2 order by seq',
        [party, place],
      )
      const told = await following.count(stream.length, 30_000)
      expect(told.map(({ id }) => uuidOf(id))).toEqual(stream.map(({ id }) => id))
      const seen = new Set(told.map(({ subjectId }) => subjectId))
      expect(acknowledged.filter((id) => !seen.has(id))).toEqual([])
    }
    return performance.now() - start
  }
}

/** Somebody who follows at a server, and the place in the party's stream where that began. */
class Feed {
  readonly following: Following
  readonly party: string
  readonly place: string

  constructor(following: Following, party: string, place: string) {
    this.following = following
    this.party = party
    this.place = place
  }

  static async open(world: World, name: PartyName, server: ServerProcess): Promise<Feed> {
    const actor = await world.as(name, 'COORDINATOR', server)
    const [head] = await world.sql<{ party: string; place: string }>(
      `select stream_id as party, seq as place from stream_head
       where stream_id = (select party_id from member where id = $1)`,
      [actor.seat.memberId],
    )
    if (!head) throw new Error(`${name} has no stream`)
    return new Feed(await actor.followFromNow(), head.party, head.place)
  }
}

/** The conformance of a bell, and what is to be said of that one alone. */
const behaves = (name: string, hang: () => Promise<Hung>, more: (table: () => Table) => void = () => undefined) => {
  let table: Table
  let hung: Hung
  beforeAll(async () => {
    hung = await hang()
    table = await Table.lay(hung)
  })
  afterAll(async () => {
    await table.world.close()
    await hung.close()
  })

  test('what is done at one server is seen at the other at once', async () => {
    const delays = figures(await table.oneAfterTheOther(10))
    console.log(`${name}: done at one server, seen at the other: ${delays.text}`)
    expect(delays.median).toBeLessThan(AT_ONCE_MS)
  })

  test('much at once at both servers: nothing is lost', async () => {
    const said = await Promise.all(Array.from({ length: 100 }, (_, index) => say(table.writers[index % 2 ? 1 : 0], table.talk)))
    expect(new Set(said).size).toBe(100)
    await table.expectAllTold(said)
  })

  test(`out of order for ${OUT_OF_ORDER_MS / 1000} s: late and complete, and at once when it is back`, async () => {
    const acknowledged: string[] = []
    const late: number[] = []
    await hung.silence(table.world)
    const end = performance.now() + OUT_OF_ORDER_MS
    const meanwhile = async (one: () => Promise<unknown>) => {
      while (performance.now() < end) {
        await hung.silence(table.world)
        await one()
      }
    }
    await Promise.all([
      ...table.writers.map((who) => meanwhile(async () => acknowledged.push(await say(who, table.talk)))),
      meanwhile(async () => late.push(await table.sayAndSee())),
    ])
    const rest = await table.expectAllTold(acknowledged)
    await hung.mend()
    await eventually('both servers hear the bell again', async () => (await hung.hearing(table.world)) === 2)
    const again = figures(await table.oneAfterTheOther(10))
    console.log(
      `${name}: out of order for ${OUT_OF_ORDER_MS / 1000} s, ${acknowledged.length + late.length} acts acknowledged, all seen, once and in order; ` +
        `${figures(late).text}, the last ${Math.round(rest)} ms after it was done; back again: ${again.text}`,
    )
    expect(again.median).toBeLessThan(AT_ONCE_MS)
  }, 300_000)

  more(() => table)
}

describe('the bell of PostgreSQL', () => {
  behaves('NOTIFY', hangNotify)
})

if (!redisIsThere)
  console.log('redis-server is not on this machine: the bell of Redis was NOT tried (it is where .ci/run has been)')

describe.skipIf(!redisIsThere)('the bell of Redis', () => {
  let redis: RedisProcess
  const hang = async () => {
    redis = await openRedis()
    return hangRedis(redis)
  }
  behaves('Redis', hang, (table) => {
    test('each server complains once of a bell that is out of order, however much is done meanwhile', () => {
      for (const server of table().servers)
        expect(server.log.filter(({ msg }) => msg === 'the doorbell is out of order')).toHaveLength(1)
    })

    test('whatever seals rings, and PostgreSQL does not', async () => {
      const { world, writers } = table()
      let rings = 0
      const leave = await redis.hear(CHANNEL, () => (rings += 1))
      const ringsFor = async <Result>(what: string, does: () => Promise<Result>): Promise<Result> => {
        const before = rings
        const result = await does()
        await eventually(`it rings for ${what}`, () => rings > before)
        return result
      }
      await withClient(world.ownerUrl, async (client) => {
        let notified = 0
        client.on('notification', () => (notified += 1))
        await client.query('listen journal')
        await ringsFor('an act', () => say(writers[0], table().talk))
        const { slug } = writers[0].seat
        const seat = ['--name', 'Nils Ny', '--email', 'nils@torsby.example', '--title', 'Utredare', '--role', 'contributor']
        const invite = ['member', 'invite', '--collaboration', slug, '--party', 'Torsby', ...seat]
        const link = linkIn(await ringsFor('the operator', () => operator(world, ...invite)))
        await ringsFor('an invitation that is accepted', () => accept(table().servers[0], link, slug))
        // Whatever was notified by then comes before the answer.
        await client.query('select 1')
        expect(notified).toBe(0)
      })
      leave()
    })

    test('a bell that is stuck holds up nobody', async () => {
      const said: string[] = []
      const pace = async () => {
        const start = performance.now()
        for (let time = 1; time <= 20; time++) said.push(await say(table().writers[0], table().talk))
        return Math.round((performance.now() - start) / 20)
      }
      const going = await pace()
      redis.freeze()
      const stuck = await pace()
      await table().expectAllTold(said)
      redis.thaw()
      const again = figures(await table().oneAfterTheOther(10))
      console.log(`Redis stuck: an act takes ${stuck} ms, ${going} ms before, and is seen; going again: ${again.text}`)
      expect(again.median).toBeLessThan(AT_ONCE_MS)
    })
  })
})
