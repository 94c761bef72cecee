import { get, type IncomingMessage } from 'node:http'
import { once } from 'node:events'
import { afterAll, expect, test } from 'vitest'
import { swedish } from '../../server/src/language/sv.ts'
import type { Actor } from '../world/actor.ts'
import { newTask } from '../world/acts.ts'
import { inTime } from '../world/eventually.ts'
import { uuidOf } from '../world/actor.ts'
import { openWorld } from '../world/world.ts'
import { addressOf, asPerson, rowsOf } from './table.ts'

// A long table is read and sent a page at a time: a reader who stalls holds one place, others are told to come again, and when it goes
// on it has every row. With PROVE far longer, and what the server holds meanwhile does not grow with it.

const LONG = process.env['PROVE'] !== undefined
const FEW = 300
const ROWS = LONG ? 5_000 : FEW
/** More than all buffers on the way take, already for the few: 40 kB each. */
const TEXT = '🚸'.repeat(10_000)
const MOST_GROWTH = 60 * 1_048_576

const world = await openWorld({ env: { DATABASE_POOL: '2', EXPORT_LIMIT: '20000' } })
afterAll(world.close)
const torsby = await world.as('Torsby')

/** As many again of a task that is there, each with a long text. */
const COPIES = `
  insert into task (id, collaboration_id, party_id, created_by_id, title, description, position)
  select gen_random_uuid(), collaboration_id, party_id, created_by_id, 'Radnummer ' || lpad(number::text, 6, '0'), $3, 'b' || lpad(number::text, 6, '0')
  from task, generate_series(1, $2::int) number where task.id = $1`

/** Begins to fetch, unpacked, and reads nothing yet. */
const begin = async (actor: Actor, variables: Record<string, unknown>): Promise<IncomingMessage> => {
  const address = new URL(addressOf(actor.slug ?? '', 'tasks', { variables }), world.url)
  const request = get(address, { headers: { cookie: actor.cookie ?? '', 'accept-encoding': 'identity' } })
  const [response] = (await inTime('the table begins', once(request, 'response'))) as [IncomingMessage]
  return response
}

/** Reads to the end, and notes the most that the server held. */
const readOn = async (response: IncomingMessage): Promise<{ table: string; most: number }> => {
  const parts: Buffer[] = []
  let most = 0
  for await (const part of response as AsyncIterable<Buffer>) {
    parts.push(part)
    most = Math.max(most, world.server.memory)
  }
  return { table: Buffer.concat(parts).toString('utf8'), most }
}

test(`${ROWS} rows, while one reader stalls`, async () => {
  const { id } = await newTask(torsby, { title: 'Mall' })
  await world.sql(COPIES, [uuidOf(id), FEW, TEXT])
  const before = await readOn(await begin(torsby, {}))
  expect(rowsOf(before.table).length).toBeGreaterThan(FEW)
  if (ROWS > FEW) {
    await world.sql(`delete from task where title like 'Radnummer %'`)
    const { count } = (await world.sql<{ count: number }>('select count(*)::int from task'))[0] ?? { count: 0 }
    await world.sql(COPIES, [uuidOf(id), ROWS - count, TEXT])
  }

  const stalled = await begin(torsby, { filter: { text: 'Radnummer' }, sort: 'TITLE' })
  expect(stalled.statusCode).toBe(200)
  const refused = await asPerson(torsby, 'tasks')
  expect([refused.status, refused.headers.get('retry-after'), (await refused.text()).trim()]).toEqual([503, '5', swedish.busy])
  expect((await torsby.query<{ cursor: string }>('{ cursor }')).cursor).toBeTruthy()

  const { table, most } = await readOn(stalled)
  const titles = rowsOf(table).map((row) => row['Titel'] ?? '')
  expect(titles).toEqual(titles.toSorted())
  expect(new Set(titles).size).toBe(titles.length)
  const { count } = (await world.sql<{ count: number }>(`select count(*)::int from task where title like 'Radnummer %'`))[0] ?? {}
  expect(titles.length).toBe(count)
  console.log(
    `${titles.length} rows, ${(table.length / 1_048_576).toFixed(0)} MB: the server held ${((most - before.most) / 1_048_576).toFixed(0)} MB more than for ${FEW} rows`,
  )
  // The sample is no longer than what it is held against.
  if (LONG) expect(most - before.most).toBeLessThan(MOST_GROWTH)
  expect((await asPerson(torsby, 'members')).status).toBe(200)
})
