import { Conflict, type FieldConflict, InvalidInput } from '../graph/failures.ts'
import { presentChanges } from './present.ts'
import type { Changes, Unit } from './work.ts'

interface Versioned {
  readonly id: string
  readonly version: number
}

/**
 * Guards: nobody's words are overwritten unseen.
 *
 * A conflict is only one on the same field: the journal says which fields have changed since the caller's base. The
 * answer carries the current value, who and when.
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
  for (const entry of entries) {
    for (const change of presentChanges(entry)) {
      if (change.field in changes)
        latest.set(change.field, { field: change.field, current: change.to, at: entry.at, actorId: entry.actorId })
    }
  }
  if (latest.size > 0) throw new Conflict(before.version, [...latest.values()])
}
