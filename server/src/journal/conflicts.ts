import { Conflict, type FieldConflict, InvalidInput } from '../graph/failures.ts'
import { presentChanges, presentValue } from './present.ts'
import type { Changes, Unit } from './work.ts'

interface Versioned {
  readonly id: string
  readonly version: number
}

/**
 * Guards: nobody's words are overwritten unseen.
 *
 * A conflict is only one on the same field: the journal says which fields have changed since the caller's base. The
 * answer carries the current value, who and when. Where the journal has been archived since, it can't say: then any field that
 * differs may be somebody's, and the caller is asked.
 */
export const assertNoConflict = async (
  unit: Unit,
  before: Versioned,
  baseVersion: number,
  changes: Changes,
  /** Whose changes count; without it, everybody's. */
  by: { readonly partyId?: string } = {},
): Promise<void> => {
  if (baseVersion === before.version) return
  if (baseVersion > before.version || baseVersion < 1) throw new InvalidInput([{ field: 'baseVersion', code: 'UNKNOWN' }])
  const entries = await unit.transaction.journalEntry.findMany({
    where: { ...by, subjectId: before.id, subjectVersion: { gt: baseVersion, lte: before.version } },
    orderBy: { subjectVersion: 'asc' },
    include: { commitments: true },
  })
  const latest = new Map<string, FieldConflict>()
  const unknown = await archivedSince(unit, before, baseVersion)
  if (unknown)
    for (const [field, change] of Object.entries(changes))
      latest.set(field, { field, current: presentValue(field, change.from), at: unknown, actorId: null })
  for (const entry of entries) {
    for (const change of presentChanges(entry)) {
      if (change.field in changes)
        latest.set(change.field, { field: change.field, current: change.to, at: entry.at, actorId: entry.actorId })
    }
  }
  if (latest.size > 0) throw new Conflict(before.version, [...latest.values()])
}

/** Until when entries of the subject that came after the base may have been archived; undefined when all of them are here. */
const archivedSince = async (
  { transaction, viewer }: Unit,
  before: Versioned,
  baseVersion: number,
): Promise<Date | undefined> => {
  const archive = await transaction.journalArchive.findFirst({
    where: { streamId: viewer.partyId },
    orderBy: { last: 'desc' },
    select: { until: true },
  })
  if (!archive) return undefined
  const oldest = await transaction.journalEntry.findFirst({
    where: { subjectId: before.id },
    orderBy: { subjectVersion: 'asc' },
    select: { subjectVersion: true },
  })
  return oldest && oldest.subjectVersion <= baseVersion + 1 ? undefined : archive.until
}
