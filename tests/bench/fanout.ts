import type { ChildProcess } from 'node:child_process'
import type { PartyName } from '../world/world.ts'
import { type Contender, type Ours, ours, peer } from './contenders.ts'
import { usage } from './crowd.ts'
import { median, spread, table } from './numbers.ts'
import type { Size } from './size.ts'

// What it costs a server that one more is told: processor time of the server's own process, for each entry and socket.

interface Run {
  readonly entries: number
  readonly server: number
  readonly load: number
  /** Of the server where the acts are done, if they are done anywhere. */
  readonly acts: number
  readonly statements: number
  readonly readings: number
}

interface Entrant {
  readonly name: string
  readonly contender: Contender
  readonly writing: ChildProcess | undefined
  readonly warming: number
  /** One run: how many entries came of it. */
  readonly run: () => Promise<number>
  readonly runs: Run[]
}

const PARTIES: readonly PartyName[] = ['Torsby', 'Sunne', 'Hagfors', 'Munkfors', 'Polisen']
const BURST = 20
/**
 * Runs before those that count. A peer executes for each socket, so a run of it is thousands of executions; ours is one for each entry,
 * and V8 has not yet compiled it after fifty: its first entries cost half as much again as those a server tells all day.
 */
const WARMING = 10
const WARMING_PEER = 2

/** One after the other: each is told to all before the next happens, so that nothing is told together. */
const oneByOne =
  ({ act, crowd }: Contender, acts: number) =>
  async (): Promise<number> => {
    for (let done = 1; done <= acts; done++) {
      await act()
      await crowd.until(done)
    }
    return acts
  }

const atOnce =
  ({ burst, crowd }: Ours, bursts: number) =>
  async (): Promise<number> => {
    for (let done = 1; done <= bursts; done++) {
      await burst(BURST)
      await crowd.until(done * BURST)
    }
    return bursts * BURST
  }

const measure = async ({ contender: { server, crowd }, writing, run }: Entrant): Promise<Run> => {
  await crowd.forget()
  const all = () => Promise.all([usage(server), usage(crowd.child), writing && usage(writing)])
  const [server0, load0, writing0] = await all()
  const entries = await run()
  const [server1, load1, writing1] = await all()
  // A peer tells the same entry again and again, ours each once; to all, either way.
  for (const { id, times } of await crowd.told())
    if (times % crowd.size !== 0) throw new Error(`${id} was told ${times} times to ${crowd.size}`)
  return {
    entries,
    server: server1.cpu - server0.cpu,
    load: load1.cpu - load0.cpu,
    acts: (writing1?.cpu ?? 0) - (writing0?.cpu ?? 0),
    statements: server1.statements - server0.statements,
    readings: server1.readings - server0.readings,
  }
}

export const fanout = async ({ postgres, sockets, runs }: Size): Promise<string> => {
  const common = { postgres, sockets, parties: PARTIES.slice(0, 1), naming: 'same' } as const
  const same = await ours(common)
  const own = await ours({ ...common, naming: 'own' })
  const five = await ours({ ...common, parties: PARTIES })
  await same.act()
  await same.crowd.until(1)
  const payload = await same.crowd.sample()
  const raw = await peer('raw', sockets, payload, '')
  const graphql = await peer('graphql', sockets, payload, '')
  const prisma = await peer('prisma', sockets, payload, same.world.ownerUrl)

  const acts = Math.max(5, Math.min(40, Math.round(20_000 / sockets)))
  const told = (name: string, contender: Ours, run = oneByOne(contender, acts)): Entrant => ({
    name,
    contender,
    writing: contender.writing,
    warming: WARMING,
    run,
    runs: [],
  })
  const published = (name: string, contender: Contender, acts: number, warming = WARMING_PEER): Entrant => ({
    name,
    contender,
    writing: undefined,
    warming,
    run: oneByOne(contender, acts),
    runs: [],
  })
  const limit = published('limit: one frame, ws', raw, acts, WARMING)
  const entrants = [
    limit,
    told('ours, one operation id', same),
    told('ours, an id of each', own),
    told('ours, 5 parties', five),
    told(`ours, bursts of ${BURST}`, same, atOnce(same, Math.ceil(acts / BURST) * 2)),
    published('graphql-ws + graphql-js', graphql, Math.ceil(acts / 4)),
    published('the same, with Prisma', prisma, Math.ceil(acts / 10)),
  ]
  for (let run = -WARMING; run < runs; run++) {
    for (const each of entrants) {
      if (run < -each.warming) continue
      const measured = await measure(each)
      if (run >= 0) each.runs.push(measured)
    }
  }
  for (const { world } of [same, own, five]) await world.close()
  return `fanout: ${sockets} sockets, ${runs} runs of ${acts} acts\n\n${result(limit, entrants, sockets)}\n\n${notes(payload)}`
}

const result = (limit: Entrant, entrants: readonly Entrant[], sockets: number): string => {
  const perDelivery = ({ runs }: Entrant, of: (run: Run) => number) => runs.map((run) => of(run) / run.entries / sockets)
  const least = median(perDelivery(limit, ({ server }) => server))
  const ratio = (microseconds: number) => [microseconds.toFixed(2), `${(microseconds / least).toFixed(2)} ×`]
  const rows = entrants.map((each) => {
    const server = perDelivery(each, ({ server }) => server)
    const perEntry = (of: (run: Run) => number) =>
      each.writing ? median(each.runs.map((run) => of(run) / run.entries)).toFixed(2) : '–'
    return [
      each.name,
      ...ratio(median(server)),
      spread(server),
      ...ratio(median(perDelivery(each, ({ server, acts }) => server + acts))),
      median(perDelivery(each, ({ load }) => load)).toFixed(2),
      perEntry(({ readings }) => readings),
      perEntry(({ statements }) => statements),
    ]
  })
  return table(['', 'µs', 'to limit', 'spread', 'with acts', 'to limit', 'load µs', 'readings', 'statements'], rows)
}

const notes = (payload: string): string =>
  `µs: processor time of the telling server for each entry and socket. An entry alone is a message of ${Buffer.byteLength(payload)} bytes. Medians of
interleaved runs after ${WARMING} that warm up (of peers ${WARMING_PEER}); spread is half of what the middle half of the runs spans. One entry at a time, each told to
all before the next, but for bursts: ${BURST} acts at once. Acts are done through another server of the same database; "with acts" adds what it
used. Readings and statements of the telling server are for each entry. Load is the process that follows. Of the last row, the
task is read for each socket. Mercurius is left out: it brings a server of another make, and executes for each as graphql-js does.`
