import { createHash } from 'node:crypto'
import { withClient } from '@samsyn/prisma/engine/databases'
import { expect } from 'vitest'
import type { World } from '../world/world.ts'

// The journal's chain, computed a second time by those who did not make it: RFC 8785 and SHA-256 in TypeScript, over all that the
// database holds. The server's own implementation is in PL/pgSQL.

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

/** JSON Canonicalization Scheme: keys in order of their UTF-16 units, no space, numbers and strings as ECMAScript writes them. */
export const canonical = (value: Json): string => {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const fields = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return `{${fields.map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`).join(',')}}`
}

const sha256 = (...parts: readonly (Buffer | string)[]): Buffer => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}

interface EntryRow {
  readonly id: string
  readonly at: Date
  readonly kind: string
  readonly collaboration_id: string
  readonly actor_id: string | null
  readonly party_id: string | null
  readonly subject_type: string
  readonly subject_id: string
  readonly subject_version: number
  readonly changes: { readonly [field: string]: Json }
  readonly readers: readonly string[]
}
interface PlaceRow {
  readonly stream_id: string
  readonly seq: string
  readonly entry_id: string
  readonly hash: Buffer
}
interface HeadRow {
  readonly stream_id: string
  readonly seq: string
  readonly hash: Buffer
}
/** Where a stream's chain begins, of which what came before has been archived. */
interface BeginningRow {
  readonly stream_id: string
  readonly last: string
  readonly hash: Buffer
}
interface CommitmentRow {
  readonly hash: string
  readonly entry_id: string
  readonly salt: Buffer
  readonly value: string | null
  readonly readers: readonly string[]
}

const canonicalEntry = (entry: EntryRow): string =>
  canonical({
    actor: entry.actor_id,
    at: entry.at.toISOString(),
    changes: entry.changes,
    collaboration: entry.collaboration_id,
    id: entry.id,
    kind: entry.kind,
    party: entry.party_id,
    subject: entry.subject_id,
    type: entry.subject_type,
    version: entry.subject_version,
  })

/** Commitments that an entry's changes name. */
const committed = (value: Json): string[] => {
  if (typeof value !== 'object' || value === null) return []
  if (Array.isArray(value)) return value.flatMap(committed)
  return Object.entries(value).flatMap(([key, item]) =>
    key === 'commitment' && typeof item === 'string' ? [item] : committed(item),
  )
}

export interface Verified {
  readonly streams: number
  readonly places: number
  readonly entries: number
  readonly commitments: number
}

/** In one snapshot: the inbox's reader may still be telling of what was done. */
const wholeJournal = (world: World) =>
  withClient(world.ownerUrl, async (client) => {
    await client.query('begin isolation level repeatable read read only')
    const entries = (await client.query<EntryRow>('select * from journal_entry')).rows
    const heads = (await client.query<HeadRow>('select stream_id, seq, hash from stream_head')).rows
    const ordered = 'select stream_id, seq, entry_id, hash from stream_entry order by stream_id, seq'
    const places = (await client.query<PlaceRow>(ordered)).rows
    const commitments = (await client.query<CommitmentRow>('select * from commitment')).rows
    const archived = 'select distinct on (stream_id) stream_id, last, hash from journal_archive order by stream_id, last desc'
    const beginnings = (await client.query<BeginningRow>(archived)).rows
    await client.query('commit')
    return { entries: new Map(entries.map((entry) => [entry.id, entry])), heads, places, commitments, beginnings }
  })

/** Fails with the first thing that does not hold. Reads the whole journal: first the chains, then what they commit to. */
export const verifyChains = async (world: World): Promise<Verified> => {
  const { entries, heads, places, commitments, beginnings } = await wholeJournal(world)

  const readers = new Map<string, string[]>()
  const byStream = Map.groupBy(places, ({ stream_id }) => stream_id)
  for (const head of heads) {
    const begins = beginnings.find(({ stream_id }) => stream_id === head.stream_id)
    let [seq, hash, time] = [BigInt(begins?.last ?? 0), begins?.hash ?? Buffer.alloc(32), 0]
    for (const place of byStream.get(head.stream_id) ?? []) {
      const entry = entries.get(place.entry_id)
      if (!entry) throw new Error(`place ${place.seq} of ${head.stream_id} names no entry`)
      seq += 1n
      hash = Buffer.from(sha256(hash, canonicalEntry(entry)))
      if (BigInt(place.seq) !== seq) throw new Error(`place ${place.seq} of ${head.stream_id} stands where ${seq} should`)
      if (!hash.equals(place.hash)) throw new Error(`the chain of ${head.stream_id} breaks at ${seq}, ${entry.kind}`)
      if (entry.at.getTime() < time) throw new Error(`time goes back at ${seq} of ${head.stream_id}`)
      time = entry.at.getTime()
      readers.set(entry.id, [...(readers.get(entry.id) ?? []), head.stream_id])
    }
    if (BigInt(head.seq) !== seq || !hash.equals(head.hash))
      throw new Error(`the head of ${head.stream_id} is not its last place`)
    byStream.delete(head.stream_id)
  }
  if (byStream.size > 0) throw new Error(`streams without a head: ${[...byStream.keys()].join(' ')}`)

  const named = new Map([...entries.values()].flatMap((entry) => committed(entry.changes).map((hash) => [hash, entry] as const)))
  for (const { hash, salt, value, entry_id: entryId, readers: of } of commitments) {
    const entry = named.get(hash)
    if (entry?.id !== entryId) throw new Error(`commitment ${hash} is not named by its entry`)
    if (value !== null && sha256(salt, value).toString('hex') !== hash) throw new Error(`commitment ${hash} is of another text`)
    if (of.toString() !== entry.readers.toString()) throw new Error(`commitment ${hash} has other readers than its entry`)
    named.delete(hash)
  }
  if (named.size > 0) throw new Error(`entries name commitments that are not there: ${[...named.keys()].join(' ')}`)

  // An entry that one party's archive has is here as long as another party has yet to let go of it.
  const archiving = new Set(beginnings.map(({ stream_id }) => stream_id))
  for (const entry of entries.values()) {
    const stands = (readers.get(entry.id) ?? []).toSorted()
    const told = entry.readers.filter((reader) => stands.includes(reader) || !archiving.has(reader))
    if (stands.length === 0 || stands.join(' ') !== told.toSorted().join(' '))
      throw new Error(`${entry.kind} ${entry.id} stands in other streams than told`)
  }
  return { streams: heads.length, places: places.length, entries: entries.size, commitments: commitments.length }
}

/** All chains hold, and nothing was left to seal. */
export const expectChains = async (world: World): Promise<Verified> => {
  expect(await world.sql('select kind from journal_intent')).toEqual([])
  const verified = await verifyChains(world)
  expect(verified.places).toBeGreaterThan(0)
  return verified
}
