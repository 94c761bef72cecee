import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { inTime } from '../world/eventually.ts'
import { ask } from './asking.ts'
import { ours, peer } from './contenders.ts'
import type { Crowd } from './crowd.ts'
import { quantile, table } from './numbers.ts'
import type { Size } from './size.ts'

// How long it takes until the last of many has been told, beside a server that is told and tells on.

const RATES = [20, 200]
const WARMING_RATE = 20
const SECONDS = 3
const PATIENCE_MS = 30_000

interface Measured {
  /** Of each change, in milliseconds. */
  readonly waits: number[]
  missing: number
  seconds: number
}

/** An edit as the service leaves it behind, in one statement: what is measured begins with its commit. */
const EDIT = `
  with edited as (
    update task set title = $2, version = version + 1 where id = $1
    returning id, version, collaboration_id, party_id, created_by_id)
  insert into journal_intent (kind, collaboration_id, actor_id, party_id, subject_type, subject_id, subject_version, changes, former_readers)
  select 'task.edited', collaboration_id, created_by_id, party_id, 'Task', id, version,
    jsonb_build_object('title', jsonb_build_object('from', null, 'to', jsonb_build_object('text', $2::text))), '{}'
  from edited`

/** So many a second, each at its time whether or not those before have been told. */
const atRate = async (rate: number, act: (number: number) => Promise<unknown>): Promise<number> => {
  const began = performance.now()
  const under: Promise<unknown>[] = []
  for (let number = 0; number < rate * SECONDS; number++) {
    const wait = began + (number * 1_000) / rate - performance.now()
    if (wait > 0) await delay(wait)
    under.push(act(number))
  }
  await Promise.all(under)
  return began
}

const wanted = async (crowd: Crowd, entries: number): Promise<void> => {
  await inTime('everybody is told', crowd.until(entries), PATIENCE_MS).catch(() => undefined)
}

export const latency = async ({ postgres, sockets, runs }: Size): Promise<string> => {
  const our = await ours({ postgres, sockets, parties: ['Torsby'], naming: 'same' })
  await our.act()
  await our.crowd.until(1)
  const raw = await peer('raw', sockets, await our.crowd.sample(), '')
  const pool = new pg.Pool({ connectionString: our.world.ownerUrl, max: 4 })
  const { rows: tasks } = await pool.query<{ id: string }>(`select id from task where audience = 'JOINT' and archived_at is null`)

  const ofOurs = async (rate: number, { waits, ...sum }: Measured): Promise<Measured> => {
    await our.crowd.forget()
    const entries = rate * SECONDS
    const began = await atRate(rate, (number) => pool.query(EDIT, [tasks[number % tasks.length]?.id, `Belysning ${number}`]))
    await wanted(our.crowd, entries)
    const told = await our.crowd.told()
    const deliveries = told.reduce((sum, { times }) => sum + times, 0)
    waits.push(...told.map(({ at, last }) => last - Date.parse(at)))
    return {
      waits,
      missing: sum.missing + entries * sockets - deliveries,
      seconds: sum.seconds + (performance.now() - began) / 1_000,
    }
  }
  const ofRaw = async (rate: number, { waits, ...sum }: Measured): Promise<Measured> => {
    await raw.crowd.forget()
    const entries = rate * SECONDS
    const sent: number[] = []
    const began = await atRate(rate, (number) => {
      sent[number] = performance.timeOrigin + performance.now()
      return ask(raw.server, 'publish', number)
    })
    await wanted(raw.crowd, entries)
    const told = await raw.crowd.told()
    const deliveries = told.reduce((sum, { times }) => sum + times, 0)
    for (const { id, last } of told) waits.push(last - (sent[Number(id)] ?? Number.NaN))
    return {
      waits,
      missing: sum.missing + entries * sockets - deliveries,
      seconds: sum.seconds + (performance.now() - began) / 1_000,
    }
  }

  // Not counted: what runs for the first time.
  await ofRaw(WARMING_RATE, nothing())
  await ofOurs(WARMING_RATE, nothing())
  const rows: string[][] = []
  for (const rate of RATES) {
    let [mine, least] = [nothing(), nothing()]
    for (let run = 0; run < runs; run++) {
      least = await ofRaw(rate, least)
      mine = await ofOurs(rate, mine)
    }
    const limit = quantile(least.waits, 0.5)
    for (const [name, { waits, missing, seconds }] of [
      ['raw broadcast', least],
      ['ours', mine],
    ] as const) {
      const told = rate * SECONDS * sockets * runs
      rows.push([
        `${name}, ${rate}/s`,
        quantile(waits, 0.5).toFixed(1),
        quantile(waits, 0.99).toFixed(1),
        `${(quantile(waits, 0.5) / limit).toFixed(2)} ×`,
        `${(told / seconds / sockets).toFixed(0)}/s`,
        String(told - missing),
        String(missing),
      ])
    }
  }
  await pool.end()
  await our.world.close()
  return [
    `latency: ${sockets} sockets, ${runs} runs of ${SECONDS} s at each rate`,
    table(['', 'p50 ms', 'p99 ms', 'to raw', 'kept up', 'told', 'missing'], rows),
    NOTES,
  ].join('\n\n')
}

const nothing = (): Measured => ({ waits: [], missing: 0, seconds: 0 })

const NOTES = `From the time that the journal gives an entry, under its stream's lock just before COMMIT, until the last socket has been told of it.
The raw server is told of each change by its own channel, and writes a frame of the same size to each socket; it reads no database and tells nothing
together. The two take turns, for side by side they would be measuring each other. "Kept up" is how many were told a second.`
