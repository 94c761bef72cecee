import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createDatabase } from '@samsyn/prisma/engine/databases'
import { ensureRoles } from '@samsyn/prisma/engine/roles'
import pg from 'pg'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { PLANTED } from '../../../tests/world/postgres.ts'
import { eventually } from '../../../tests/world/eventually.ts'
import { SLICES } from '../access/slices.ts'
import type { Viewer } from '../access/viewer.ts'
import { Database } from '../data/database.ts'
import { headNow, readChanges } from './changes.ts'
import { type Cursor, encodeCursor } from './cursor.ts'
import type { Position } from './follow.ts'
import { Hub } from './hub.ts'
import { mintedId } from './mintedId.ts'
import { notifyBell } from './notifyBell.ts'
import { Relay } from './relay.ts'
import { UnitOfWork } from './work.ts'

// What a group costs: how often the journal is read for how many, on a real journal and over real sockets.

const ownerUrl = await createDatabase(inject('postgres'), `hub_${crypto.randomUUID().slice(0, 8)}`, PLANTED)
const { applicationUrl } = await ensureRoles(ownerUrl, {})
const database = new Database(applicationUrl, { connections: 4, onError: () => undefined })
const log = pino({ enabled: false })
const doorbell = notifyBell(applicationUrl, log)
const relay = new Relay(database, doorbell, log)
const work = new UnitOfWork(database)
const sockets = new WebSocketServer({ port: 0 })
const clients: WebSocket[] = []
afterAll(async () => {
  for (const client of clients) client.terminate()
  sockets.close()
  relay.stop()
  await doorbell.stop()
  await database.close()
})

let viewer: Viewer
beforeAll(async () => {
  const owner = new pg.Client({ connectionString: ownerUrl })
  await owner.connect()
  const { rows } = await owner.query<Omit<Viewer, 'slices'>>(
    `select id as "memberId", person_id as "personId", party_id as "partyId", collaboration_id as "collaborationId", roles::text[]
     from member where removed_at is null and 'COORDINATOR' = any (roles) order by id limit 1`,
  )
  await owner.end()
  if (!rows[0]) throw new Error('nobody has a seat')
  viewer = { ...rows[0], slices: SLICES }
})

/** One who follows, and what it has been told. */
interface Listener {
  readonly told: readonly string[]
  readonly held: { readonly name: string }
  readonly ended: Promise<unknown>
}

const lost = new Set<Listener['held']>()
let reads = 0
/** How many were asked about whether they have access still. */
let lookedAt = 0
const hub = new Hub<Listener['held']>({
  relay,
  ended: async (held) => {
    lookedAt += held.length
    return new Set(held.filter((one) => lost.has(one)))
  },
  format: ({ data }) => ({ data: data ?? null }),
  onError: (error) => {
    throw error
  },
})

const read = async (position: Position) => {
  reads += 1
  return database.read(viewer, async (transaction) => {
    const found = await readChanges({ viewer, transaction }, position.cursor, 100, { kinds: undefined, subjects: undefined })
    position.read(found)
    const changes = found.kind === 'batch' ? found.changes.map(({ subjectId }) => subjectId) : []
    return { data: { changes: { changes } } }
  })
}

const head = (): Promise<Cursor> => database.read(viewer, (transaction) => headNow({ viewer, transaction }))

const listen = async (name: string, after: Cursor, likeness = 'the same'): Promise<Listener> => {
  const accepted = once(sockets, 'connection') as Promise<[WebSocket]>
  const client = new WebSocket(`ws://localhost:${(sockets.address() as AddressInfo).port}`)
  clients.push(client)
  const [[socket]] = await Promise.all([accepted, once(client, 'open')])
  const told: string[] = []
  client.on('message', (data: Buffer) => {
    const { payload } = JSON.parse(data.toString()) as { payload: { data: { changes: { changes: string[] } } } }
    told.push(...payload.data.changes.changes)
  })
  const held = { name }
  const following = hub.join({
    wire: { socket, id: '1', endings: new Set() },
    streamId: viewer.partyId,
    after: encodeCursor(after),
    likeness,
    held,
    end: () => socket.close(),
    execute: read,
  })
  return { told, held, ended: following.next() }
}

/** What may end an access has happened. */
const turn = async () => {
  const owner = new pg.Client({ connectionString: ownerUrl })
  await owner.connect()
  await owner.query('update access_turn set turn = turn + 1')
  await owner.end()
}

const write = (): Promise<string> =>
  work.run(viewer, { name: 'createTask', key: undefined, input: {} }, async (unit) => {
    const { collaborationId, partyId, memberId: createdById } = viewer
    const id = mintedId(viewer, crypto.randomUUID())
    const data = { id, collaborationId, partyId, createdById, title: 'Ny uppgift', position: 'a0' }
    await unit.record('task.created', await unit.transaction.task.create({ data }))
    return id
  })

test('an entry is read once for all who have come equally far, and whoever comes from further back joins them', async () => {
  const start = await head()
  const before = [await write(), await write()]
  const now = await head()
  const many: Listener[] = []
  for (let index = 0; index < 50; index++) many.push(await listen(`${index}`, now))
  const late = await listen('late', start)
  await eventually('the late one has caught up', () => late.told.length === before.length)
  expect(late.told).toEqual(before)

  const untilNow = reads
  const third = await write()
  await eventually('all have been told', () => [...many, late].every(({ told }) => told.at(-1) === third))
  expect(reads - untilNow).toBe(1)
  expect(many.map(({ told }) => told)).toEqual(many.map(() => [third]))

  // Who was found in order is not looked at again before anything may have ended an access; then all of them are.
  expect(lookedAt).toBe(many.length + 1)
  const [first] = many
  if (!first) throw new Error('nobody listens')
  lost.add(first.held)
  await turn()
  const fourth = await write()
  await eventually('the others have been told', () => [...many.slice(1), late].every(({ told }) => told.at(-1) === fourth))
  expect(first.told).toEqual([third])
  expect(lookedAt).toBe(2 * (many.length + 1))
  const fifth = await write()
  await eventually('they have been told', () => [...many.slice(1), late].every(({ told }) => told.at(-1) === fifth))
  expect(lookedAt).toBe(2 * (many.length + 1))
})

test('whoever must begin anew is told so, and leaves nothing behind', async () => {
  const [known, groups] = [await head(), hub.groups]
  const astray = await listen('astray', { ...known, epoch: known.epoch + 1 }, 'words of its own')
  expect(await astray.ended).toMatchObject({ done: true })
  expect(hub.groups).toBe(groups)
})
