import { type Actor, isSeated } from './viewer.ts'

/**
 * Guards: what one may read depends on the party alone.
 *
 * The one rule for reading, as a question about a row and as the same question to the database. PostgreSQL's policies
 * answer it a second time; the isolation suite turns each off in turn and must still find nothing foreign.
 */
export interface Readable {
  readonly readers: readonly string[]
}

/** Whether the viewer may read the row. */
export const reads = (viewer: Actor | undefined, row: Readable): boolean =>
  viewer !== undefined && row.readers.includes(viewer.partyId)

/** Whether the row is personal, and the viewer's own: its one reader is a member, and not a party. */
export const owns = (viewer: Actor | undefined, row: Readable): boolean =>
  isSeated(viewer) && row.readers.includes(viewer.memberId)

/** The same as a filter for lists and counts. */
export const readable = (viewer: Actor | undefined): { readers: { has: string } } | { id: { in: string[] } } =>
  viewer === undefined ? { id: { in: [] } } : { readers: { has: viewer.partyId } }

/** The viewer's own personal rows, as a filter for lists and counts. */
export const own = (viewer: Actor | undefined): { readers: { has: string } } | { id: { in: string[] } } =>
  isSeated(viewer) ? { readers: { has: viewer.memberId } } : { id: { in: [] } }
