import type { Clause, Member, Party } from '@samsyn/prisma/client'
import DataLoader from 'dataloader'
import type { Actor } from '../access/viewer.ts'
import type { Transaction } from '../data/database.ts'
import { type About, type Subject, subjectsOf } from '../journal/subjects.ts'

/**
 * Guards: what many rows name is read once per execution, in its snapshot and as its viewer; nothing is kept for the next.
 */

/** Parties, members and clauses are named on every row, and entries each have a subject: all are read once per execution, together. */
export interface Loaders {
  readonly party: DataLoader<string, Party | undefined>
  readonly member: DataLoader<string, Member | undefined>
  readonly clause: DataLoader<string, Clause | undefined>
  /** As far as the viewer can read it. */
  readonly subject: DataLoader<About, Subject | undefined, string>
}

export const createLoaders = (transaction: () => Transaction, viewer: Actor | undefined): Loaders => ({
  party: new DataLoader(async (ids) => inOrder(ids, await transaction().party.findMany({ where: { id: { in: [...ids] } } }))),
  member: new DataLoader(async (ids) => inOrder(ids, await transaction().member.findMany({ where: { id: { in: [...ids] } } }))),
  clause: new DataLoader(async (ids) => inOrder(ids, await transaction().clause.findMany({ where: { id: { in: [...ids] } } }))),
  subject: new DataLoader(
    async (abouts) => {
      const subjects = await subjectsOf(transaction(), viewer, abouts)
      return abouts.map(({ subjectId }) => subjects.get(subjectId))
    },
    { cacheKeyFn: ({ subjectId }) => subjectId },
  ),
})

const inOrder = <T extends { id: string }>(ids: readonly string[], rows: readonly T[]): (T | undefined)[] => {
  const byId = new Map(rows.map((row) => [row.id, row]))
  return ids.map((id) => byId.get(id))
}
