import { eventually } from '../world/eventually.ts'
import { does, jointTask } from '../world/acts.ts'
import { openRedis, redisIsThere, type RedisProcess } from '../world/redis.ts'
import { openWorld, type World } from '../world/world.ts'
import { type Contender, peer } from './contenders.ts'
import { Crowd, followers, PROBE, ROOM, usage } from './crowd.ts'
import { median, quantile, spread, table } from './numbers.ts'
import type { Size } from './size.ts'

// What it brings to have more servers on one PostgreSQL, with a Redis between them that rings.

const TASKS = 20
const BURST = 20
const BURSTS = 3
const WARMING = 1

interface Run {
  /** While much happens at once. */
  readonly perSecond: number
  /** From a commit until the last has been told, one after the other, in milliseconds. */
  readonly waits: readonly number[]
  /** Of all that tell, for each delivery of the bursts, in microseconds. */
  readonly cpu: number
}

interface Entrant extends Pick<Contender, 'crowd' | 'act'> {
  readonly name: string
  readonly processes: readonly Contender['server'][]
  readonly acts: (number: number) => Promise<unknown>
  /** When the act was, by the time that the entry has; without one, when it was sent. */
  readonly timed: boolean
  readonly close: () => Promise<void>
  readonly runs: Run[]
}

/** So many servers with as many followers each, and one more where the acts are done. */
const ours = async (postgres: string, number: number, sockets: number, redis: RedisProcess | undefined): Promise<Entrant> => {
  const env = { ...ROOM, ...(redis && { DOORBELL_URL: redis.url }) }
  const world: World = await openWorld({ postgres, env, nodeArguments: PROBE })
  const telling = [world.server]
  while (telling.length < number) telling.push(await world.anotherServer(PROBE))
  const writer = await world.as('Torsby', 'COORDINATOR', await world.anotherServer(PROBE))
  const tasks: { id: string; version: number }[] = []
  for (let count = 0; count < TASKS; count++) tasks.push(await jointTask(writer, { title: `Belysning ${count}` }))
  await world.sql('delete from inbox_cursor')
  const crowd = new Crowd()
  for (const server of telling)
    await crowd.open(await followers(world, await world.as('Torsby', 'COORDINATOR', server), sockets / number, 'same'))
  let done = 0
  const act = async () => {
    const task = tasks[done++ % TASKS]
    if (!task) throw new Error('there is no task')
    const edited = await does(writer, 'editTask', { id: task.id, baseVersion: task.version, title: `Belysning ${done}` })
    task.version = edited.subject.version
  }
  if (redis)
    await eventually('all servers hear the bell', async () => (await redis.listeners('samsyn journal')) === number + 1, 30_000)
  return {
    name: `${number} of ours, ${redis ? 'Redis' : 'NOTIFY'}`,
    processes: telling.map(({ process }) => process),
    crowd,
    act,
    acts: (number) => Promise.all(Array.from({ length: number }, act)),
    timed: true,
    close: async () => {
      await world.close()
      await redis?.close()
    },
    runs: [],
  }
}

const limitOf = async (sockets: number, payload: string): Promise<Entrant> => {
  const { server, crowd, act } = await peer('raw', sockets, payload, '')
  const acts = async (number: number) => {
    for (let done = 0; done < number; done++) await act()
  }
  const close = async () => void server.kill()
  return { name: 'limit: one frame, ws, one server', processes: [server], crowd, act, acts, timed: false, close, runs: [] }
}

const cpuOf = async (processes: Entrant['processes']): Promise<number> =>
  (await Promise.all(processes.map(usage))).reduce((sum, { cpu }) => sum + cpu, 0)

const measure = async ({ crowd, act, acts, processes, timed }: Entrant): Promise<Run> => {
  const waits: number[] = []
  for (let done = 0; done < BURST; done++) {
    await crowd.forget()
    const sent = performance.timeOrigin + performance.now()
    await act()
    await crowd.until(1)
    for (const { at, last } of await crowd.told()) waits.push(last - (timed ? Date.parse(at) : sent))
  }
  await crowd.forget()
  const before = await cpuOf(processes)
  const began = performance.now()
  for (let burst = 1; burst <= BURSTS; burst++) {
    await acts(BURST)
    await crowd.until(burst * BURST)
  }
  const seconds = (performance.now() - began) / 1_000
  const deliveries = BURSTS * BURST * crowd.size
  return { perSecond: deliveries / seconds, waits, cpu: ((await cpuOf(processes)) - before) / deliveries }
}

export const servers = async ({ postgres, sockets, runs }: Size): Promise<string> => {
  if (!redisIsThere) throw new Error('redis-server is not on this machine')
  const entrants: Entrant[] = []
  // For any of the numbers, a whole number of followers each.
  const whole = Math.ceil(sockets / 6) * 6
  for (const number of [1, 2, 3]) entrants.push(await ours(postgres, number, whole, await openRedis()))
  entrants.push(await ours(postgres, 1, whole, undefined))
  const [first] = entrants
  if (!first) throw new Error('there is no server')
  await first.act()
  await first.crowd.until(1)
  const limit = await limitOf(whole, await first.crowd.sample())
  const all = [limit, ...entrants]
  for (let run = -WARMING; run < runs; run++) {
    for (const entrant of all) {
      const measured = await measure(entrant)
      if (run >= 0) entrant.runs.push(measured)
    }
  }
  for (const { close } of all) await close()
  return [`servers: ${whole} sockets in all, ${runs} runs`, result(all, first), NOTES].join('\n\n')
}

const result = (all: readonly Entrant[], one: Entrant): string => {
  const [limit = one] = all
  const pace = ({ runs }: Entrant) => median(runs.map(({ perSecond }) => perSecond))
  const rows = all.map((entrant) => {
    const { name, runs } = entrant
    const waits = runs.flatMap((run) => run.waits)
    return [
      name,
      pace(entrant).toFixed(0),
      (pace(entrant) / pace(limit)).toFixed(2),
      (pace(entrant) / pace(one)).toFixed(2),
      spread(runs.map(({ perSecond }) => perSecond)),
      quantile(waits, 0.5).toFixed(1),
      quantile(waits, 0.99).toFixed(1),
      median(runs.map(({ cpu }) => cpu)).toFixed(2),
    ]
  })
  return table(['', 'deliveries/s', 'of limit', 'of one', 'spread', 'p50 ms', 'p99 ms', 'CPU µs'], rows)
}

const NOTES = `The followers are shared out among the servers; acts are done at one more server of the same database, whose time is in deliveries/s and whose
CPU is in none. Deliveries/s: ${BURSTS} times ${BURST} acts at once, until all are told. p50 and p99: one act at a time, from the time that the journal gives its
entry, just before COMMIT, until the last socket has been told; of the limit, from when it was told to send. CPU is of all servers that tell,
for each delivery. Where there are fewer processors than processes, more servers have nothing to be faster with.`
