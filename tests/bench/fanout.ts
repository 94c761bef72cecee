import type { PartyName } from '../world/world.ts'
import { type Contender, ours, peer } from './contenders.ts'
import { usage } from './crowd.ts'
import { median, spread, table } from './numbers.ts'

// What it costs a server that one more is told: processor time of the server's own process, for each entry and socket.

interface Run {
  readonly cpu: number
  readonly load: number
  readonly statements: number
  readonly readings: number
  readonly entries: number
}

interface Entrant {
  readonly name: string
  readonly contender: Contender
  /** One run: how many entries came of it. */
  readonly run: () => Promise<number>
  /** The same with nobody who follows; undefined where nothing is done but telling. */
  readonly alone: Entrant | undefined
  readonly runs: Run[]
}

const PARTIES: readonly PartyName[] = ['Torsby', 'Sunne', 'Hagfors', 'Munkfors', 'Polisen']
const BURST = 20

/** One after the other: each is told to all before the next happens, so that nothing is told together. */
const oneByOne =
  ({ act, crowd }: Contender, acts: number) =>
  async (): Promise<number> => {
    for (let done = 1; done <= acts; done++) {
      await act()
      await crowd?.until(done)
    }
    return acts
  }

const measure = async ({ contender: { server, crowd }, run, runs }: Entrant): Promise<void> => {
  await crowd?.forget()
  const [before, loadBefore] = [await usage(server), crowd && (await usage(crowd.child))]
  const entries = await run()
  const [after, loadAfter] = [await usage(server), crowd && (await usage(crowd.child))]
  for (const { id, times } of (await crowd?.told()) ?? [])
    if (times % (crowd?.size ?? 1) !== 0) throw new Error(`${id} was told ${times} times to ${crowd?.size}`)
  runs.push({
    cpu: after.cpu - before.cpu,
    load: (loadAfter?.cpu ?? 0) - (loadBefore?.cpu ?? 0),
    statements: after.statements - before.statements,
    readings: after.readings - before.readings,
    entries,
  })
}

const WARMING = 2

export const fanout = async ({
  postgres,
  sockets,
  runs,
}: {
  postgres: string
  sockets: number
  runs: number
}): Promise<string> => {
  const common = { postgres, sockets, parties: PARTIES.slice(0, 1), naming: 'same' } as const
  const alone = await ours({ ...common, sockets: 0 })
  const same = await ours(common)
  const own = await ours({ ...common, naming: 'own' })
  const five = await ours({ ...common, parties: PARTIES })
  await same.act()
  await same.crowd?.until(1)
  const payload = (await same.crowd?.sample()) ?? ''
  const peers = {
    raw: await peer('raw', sockets, payload, ''),
    graphql: await peer('graphql', sockets, payload, ''),
    prisma: await peer('prisma', sockets, payload, same.world.ownerUrl),
  }

  const acts = Math.max(4, Math.min(40, Math.round(20_000 / sockets)))
  const entrant = (name: string, contender: Contender, run: () => Promise<number>, alone?: Entrant): Entrant => ({
    name,
    contender,
    run,
    alone,
    runs: [],
  })
  const bursts =
    ({ burst, crowd }: typeof same) =>
    async () => {
      await burst(BURST)
      await crowd?.until(BURST)
      return BURST
    }
  const oneAlone = entrant('one', alone, oneByOne(alone, acts))
  const burstAlone = entrant('burst', alone, bursts(alone))
  const limit = entrant('limit: one frame, ws', peers.raw, oneByOne(peers.raw, acts))
  const entrants = [
    limit,
    entrant('ours, one operation id', same, oneByOne(same, acts), oneAlone),
    entrant('ours, an id of each', own, oneByOne(own, acts), oneAlone),
    entrant('ours, 5 parties', five, oneByOne(five, acts), oneAlone),
    entrant(`ours, bursts of ${BURST}`, same, bursts(same), burstAlone),
    entrant('graphql-ws + graphql-js', peers.graphql, oneByOne(peers.graphql, Math.ceil(acts / 4))),
    entrant('the same, with Prisma', peers.prisma, oneByOne(peers.prisma, Math.ceil(acts / 10))),
  ]
  for (let run = -WARMING; run < runs; run++) {
    for (const each of [oneAlone, burstAlone, ...entrants]) {
      await measure(each)
      if (run < 0) each.runs.length = 0
    }
  }
  for (const { world } of [alone, same, own, five]) await world.close()

  const perDelivery = (each: Entrant, of: (run: Run) => number) => each.runs.map((run) => of(run) / run.entries / sockets)
  const perEntry = (each: Entrant, of: (run: Run) => number) => median(each.runs.map((run) => of(run) / run.entries))
  const least = median(perDelivery(limit, ({ cpu }) => cpu))
  const rows = entrants.map((each) => {
    const own = each.alone ? perEntry(each.alone, ({ cpu }) => cpu) : 0
    const gross = perDelivery(each, ({ cpu }) => cpu)
    const net = median(gross) - own / sockets
    const asked = (of: (run: Run) => number) => (each.alone ? (perEntry(each, of) - perEntry(each.alone, of)).toFixed(2) : '–')
    return [
      each.name,
      net.toFixed(2),
      `${(net / least).toFixed(2)} ×`,
      median(gross).toFixed(2),
      `${(median(gross) / least).toFixed(2)} ×`,
      spread(gross),
      median(perDelivery(each, ({ load }) => load)).toFixed(2),
      asked(({ readings }) => readings),
      asked(({ statements }) => statements),
    ]
  })
  const headings = ['', 'µs', 'to limit', 'with act', 'to limit', 'spread', 'load µs', 'readings', 'statements']
  return [
    `fanout: processor time of the server for each entry and socket; ${sockets} sockets, ${runs} runs of ${acts} acts, one at a time`,
    '',
    table(headings, rows),
    '',
    `A message of one entry is ${Buffer.byteLength(payload)} bytes. Medians of interleaved runs after ${WARMING} that warm up; spread is half the middle half.`,
    `µs is without what the act itself costs: as many acts on the same server with nobody following, ${perEntry(oneAlone, ({ cpu }) => cpu / 1000).toFixed(1)} ms each`,
    `(in bursts ${perEntry(burstAlone, ({ cpu }) => cpu / 1000).toFixed(1)} ms). Readings and statements are for each entry, without those of the act. Of the last, one task is read for`,
    'each socket. Mercurius is left out: it is a server of another make, and what it executes for each who follows it does as graphql-js does.',
  ].join('\n')
}
