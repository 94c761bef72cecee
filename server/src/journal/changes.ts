import type { JournalEntry } from '@samsyn/prisma/client'
import { isSeated, type Actor } from '../access/viewer.ts'
import type { Context } from '../graph/context.ts'
import { type Cursor, decodeCursor, encodeCursor } from './cursor.ts'
import { type EntryRow, readStream, type StreamRow } from './stream.ts'

/**
 * Guards: every entry of a stream is told once and in order, and what is told with it is never older than it.
 *
 * One reading of the journal serves pollers and sockets alike. Within a batch only the last entry of a subject carries
 * it; a subject that can't be read any more is `gone`. What is of a slice that the viewer does not read is passed over, as what a
 * filter leaves out is: the place is there, and nothing is told of it.
 */
export interface Change extends EntryRow {
  readonly cursor: Cursor
  readonly gone: boolean
  readonly superseded: boolean
}

export interface ChangeBatch {
  readonly kind: 'batch'
  readonly changes: readonly Change[]
  readonly cursor: Cursor
  readonly hasMore: boolean
  readonly turn: bigint
}

export interface Resync {
  readonly kind: 'resync'
  readonly reason: 'TOO_OLD' | 'WRONG_EPOCH' | 'UNKNOWN'
  readonly cursor: Cursor
  readonly turn: bigint
}

export interface ChangeFilter {
  readonly kinds: readonly string[] | undefined
  readonly subjects: readonly string[] | undefined
}

type Reading = Pick<Context, 'viewer' | 'transaction'>

/**
 * Two streams may be followed, the party's and the member's own, and a cursor says which. One that names neither is followed
 * as the party's, and told that it is unknown there.
 */
export const streamOf = ({ memberId, partyId }: Actor, after: string): string =>
  memberId !== undefined && decodeCursor(after)?.streamId === memberId ? memberId : partyId

const headOf = async ({ transaction }: Reading, streamId: string): Promise<Cursor> => {
  const head = await transaction.streamHead.findUniqueOrThrow({ where: { streamId } })
  return { streamId: head.streamId, epoch: head.epoch, seq: head.seq }
}

const reader = ({ viewer }: Reading): Actor => {
  if (!viewer) throw new Error('nobody has no stream')
  return viewer
}

/** How far the party's stream has come, in this execution's snapshot. */
export const headNow = (reading: Reading): Promise<Cursor> => headOf(reading, reader(reading).partyId)

export const cursorNow = async (reading: Reading): Promise<string> => encodeCursor(await headNow(reading))

/** The same of what only the member is told. */
export const personalCursorNow = async (reading: Reading): Promise<string> => {
  if (!isSeated(reading.viewer)) throw new Error('only a member has a stream of one')
  return encodeCursor(await headOf(reading, reading.viewer.memberId))
}

/** What came after the cursor, at most `first` entries. */
export const readChanges = async (
  reading: Reading,
  after: string,
  first: number,
  filter: ChangeFilter,
): Promise<ChangeBatch | Resync> => {
  const streamId = streamOf(reader(reading), after)
  const from = decodeCursor(after)
  const known = from?.streamId === streamId ? from : undefined
  const { head: now, places, turn } = await readStream(reading.transaction, streamId, known?.seq ?? NOWHERE, first)
  const head: Cursor = { streamId, ...now }
  if (!known) return { kind: 'resync', reason: 'UNKNOWN', cursor: head, turn }
  if (known.epoch !== head.epoch) return { kind: 'resync', reason: 'WRONG_EPOCH', cursor: head, turn }
  if (known.seq > head.seq) return { kind: 'resync', reason: 'UNKNOWN', cursor: head, turn }

  const [oldest] = places
  if (oldest ? oldest.seq !== known.seq + 1n : known.seq < head.seq)
    return { kind: 'resync', reason: 'TOO_OLD', cursor: head, turn }

  const last = places.at(-1)?.seq ?? known.seq
  const wanted = places.flatMap(({ row }) => (row && passes(filter, row) ? row : []))
  return { kind: 'batch', changes: changesOf(head, wanted), cursor: { ...head, seq: last }, hasMore: last < head.seq, turn }
}

/** Past every entry. */
const NOWHERE = 2n ** 63n - 1n

const passes = ({ kinds, subjects }: ChangeFilter, entry: JournalEntry): boolean =>
  (kinds === undefined || kinds.includes(entry.kind)) && (subjects === undefined || subjects.includes(entry.subjectId))

const changesOf = (head: Cursor, rows: readonly StreamRow[]): Change[] => {
  const lastOf = new Map(rows.map(({ seq, subjectId }) => [subjectId, seq]))
  return rows.map(({ seq, visible, ...entry }) => ({
    ...entry,
    cursor: { ...head, seq },
    gone: !visible,
    superseded: lastOf.get(entry.subjectId) !== seq,
  }))
}
