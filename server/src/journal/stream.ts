import { Prisma, type Commitment, type JournalEntry } from '@samsyn/prisma/client'
import type { Transaction } from '../data/database.ts'
import { SUBJECT_TABLES } from './subjects.ts'

/**
 * Guards: how far a stream has come, what it holds after a place, whether what that is about can be read, and whether anybody's
 * access may have ended are one answer to one question: nothing happens between them, and it costs one round trip.
 */

/** What is read of an entry, with the texts that were sealed in it and have not been erased. */
export interface EntryRow extends JournalEntry {
  readonly commitments: Pick<Commitment, 'hash' | 'value'>[]
}

export interface StreamRow extends EntryRow {
  readonly seq: bigint
  /** Whether the viewer can read now what it is about: row-level security says so. */
  readonly visible: boolean
}

/** A place in the stream, and what stands there; nothing for whoever does not read of that slice. */
export interface StreamPlace {
  readonly seq: bigint
  readonly row: StreamRow | undefined
}

export interface Head {
  readonly epoch: number
  readonly seq: bigint
}

/** What a stream held at one moment. */
export interface StreamReading {
  readonly head: Head
  readonly places: readonly StreamPlace[]
  /** Where `access_turn` stood: who had access since it last moved has it still. */
  readonly turn: bigint
}

type Row = (StreamRow | { readonly id: null; readonly seq: bigint | null }) & {
  readonly epoch: number
  readonly headSeq: bigint
  readonly turn: bigint
}

const visible = Prisma.raw(
  `case entry.subject_type ${Object.entries(SUBJECT_TABLES)
    .map(([type, table]) => `when '${type}' then exists (select from ${table} where ${table}.id = entry.subject_id)`)
    .join(' ')} else false end`,
)

/** The stream's head, and its entries after that place, at most so many. */
export const readStream = async (
  transaction: Transaction,
  streamId: string,
  after: bigint,
  most: number,
): Promise<StreamReading> => {
  const rows = await transaction.$queryRaw<Row[]>`
    select head.epoch, head.seq as "headSeq", (select turn from access_turn) as turn, told.*
    from stream_head head left join lateral (
      select place.seq, entry.id, entry.at, entry.kind, entry.collaboration_id as "collaborationId", entry.actor_id as "actorId",
        entry.party_id as "partyId", entry.subject_type as "subjectType", entry.subject_id as "subjectId",
        entry.subject_version as "subjectVersion", entry.changes, entry.readers,
        (select coalesce(jsonb_agg(jsonb_build_object('hash', hash, 'value', value)), '[]') from commitment where entry_id = entry.id) as commitments,
        ${visible} as visible
      from stream_entry place left join journal_entry entry on entry.id = place.entry_id
      where place.stream_id = head.stream_id and place.seq > ${after}
      order by place.seq limit ${most}
    ) told on true
    where head.stream_id = ${streamId}::uuid
    order by told.seq`
  const [first] = rows
  if (!first) throw new Error(`there is no stream ${streamId}`)
  const places = rows.flatMap((row) => (row.seq === null ? [] : { seq: row.seq, row: row.id === null ? undefined : row }))
  return { head: { epoch: first.epoch, seq: first.headSeq }, places, turn: first.turn }
}
