import { expect } from 'vitest'
import { uuidOf, type Actor } from '../world/actor.ts'
import type { World } from '../world/world.ts'

// What is told is what may be read: everything that a change names is there for that viewer by query, at that moment.

export interface Delivered {
  readonly id: string
  readonly kind: string
  readonly subjectId: string
  readonly gone: boolean
  readonly superseded: boolean
  readonly subject: object | null
}

interface Read {
  readonly id: string
  readonly kind?: string
  readonly subjectId?: string
  readonly changes?: unknown
}

/** Things that can be asked for by their id; what is embedded in one of them is read with it. */
const NODES =
  /^(Entry|Task|Comment|Member|Party|Proposal|AgreementVersion|Clause|ApiKey|CalendarLink|Webhook|Notification|NotificationSettings|File):/
const MOST = 100

/** All ids that are told, at any depth. */
const idsIn = (told: unknown, found: Set<string>): Set<string> => {
  if (typeof told === 'object' && told !== null) {
    if ('id' in told && typeof told.id === 'string' && NODES.test(atob(told.id))) found.add(told.id)
    for (const value of Object.values(told)) idsIn(value, found)
  }
  return found
}

const QUERY = `query ($ids: [ID!]!) { nodes(ids: $ids) { id ... on Entry { kind subjectId changes { field from to } } } }`

const read = async (actor: Actor, ids: readonly string[]): Promise<Map<string, Read>> => {
  const found = new Map<string, Read>()
  for (let at = 0; at < ids.length; at += MOST) {
    const { nodes } = await actor.query<{ nodes: (Read | null)[] }>(QUERY, { ids: ids.slice(at, at + MOST) })
    for (const node of nodes) if (node) found.set(node.id, node)
  }
  return found
}

/** Nothing has happened since it was told. Returns how many things were asked for. */
export const expectReadable = async (actor: Actor, told: readonly Delivered[]): Promise<number> => {
  const gone = told.filter((change) => change.gone).map(({ subjectId }) => subjectId)
  const ids = idsIn(told, new Set())
  const there = await read(actor, [...new Set([...ids, ...gone])])
  for (const id of ids) expect(there.has(id), `${actor.seat.name} was told of ${atob(id)} and may not read it`).toBe(true)
  for (const id of gone) expect(there.has(id), `${actor.seat.name} was told that ${atob(id)} is gone and may read it`).toBe(false)
  for (const change of told) {
    const entry = there.get(change.id)
    expect({ kind: entry?.kind, subjectId: entry?.subjectId }).toEqual({ kind: change.kind, subjectId: change.subjectId })
    if ('changes' in change) expect(strip(entry?.changes), `${change.kind} as told and as read`).toEqual(strip(change.changes))
    if (!change.gone && !change.superseded) expect(change.subject, `${change.kind} came without its subject`).not.toBeNull()
  }
  return ids.size
}

/** Without the names of types that the client asks for. */
const strip = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value ?? null, (key, one: unknown) => (key === '__typename' ? undefined : one)))

/** Everything in the viewer's two streams since those places was told, each entry once, and nothing else. */
export const expectWhole = async (
  world: World,
  actor: Actor,
  since: ReadonlyMap<string, string>,
  told: readonly Delivered[],
): Promise<void> => {
  const streams = await world.sql<{ id: string }>('select unnest(array[party_id, id]) as id from member where id = $1', [
    actor.seat.memberId,
  ])
  const written: string[] = []
  for (const { id } of streams) {
    const rows = await world.sql<{ id: string }>('select entry_id as id from stream_entry where stream_id = $1 and seq > $2', [
      id,
      since.get(id) ?? '0',
    ])
    written.push(...rows.map((row) => row.id))
  }
  expect(told.map(({ id }) => uuidOf(id)).toSorted(), `what ${actor.seat.name} was told`).toEqual(written.toSorted())
}

/** How far every stream has come. */
export const placesOf = async (world: World): Promise<Map<string, string>> =>
  new Map(
    (await world.sql<{ id: string; seq: string }>('select stream_id as id, seq from stream_head')).map(({ id, seq }) => [
      id,
      seq,
    ]),
  )
