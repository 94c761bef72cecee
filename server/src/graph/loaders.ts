import type { Clause, Member, Party } from '@samsyn/prisma/client'
import DataLoader from 'dataloader'
import { readable } from '../access/reads.ts'
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
  /** How many comments on a task the viewer can read, withdrawn ones left out. */
  readonly commentCount: DataLoader<string, number>
  /** As far as the viewer can read it. */
  readonly subject: DataLoader<About, Subject | undefined, string>
}

export const createLoaders = (transaction: () => Transaction, viewer: Actor | undefined): Loaders => ({
  party: partyLoader(transaction, viewer),
  member: new DataLoader(async (ids) => inOrder(ids, await transaction().member.findMany({ where: { id: { in: [...ids] } } }))),
  clause: new DataLoader(async (ids) => inOrder(ids, await transaction().clause.findMany({ where: { id: { in: [...ids] } } }))),
  // Of the tasks that are asked for and no others: a count joined to a list is made of every comment that there is.
  commentCount: new DataLoader(async (ids) => {
    const where = { AND: [readable(viewer), { taskId: { in: [...ids] }, withdrawnAt: null }] }
    const counts = await transaction().comment.groupBy({ by: ['taskId'], where, _count: true })
    const byTask = new Map(counts.map(({ taskId, _count }) => [taskId, _count]))
    return ids.map((id) => byTask.get(id) ?? 0)
  }),
  subject: new DataLoader(
    async (abouts) => {
      const subjects = await subjectsOf(transaction(), viewer, abouts)
      return abouts.map(({ subjectId }) => subjects.get(subjectId))
    },
    { cacheKeyFn: ({ subjectId }) => subjectId },
  ),
})

/** They are few, and whatever names one names others: all of the collaboration are read when the first is asked for. */
const partyLoader = (transaction: () => Transaction, viewer: Actor | undefined): Loaders['party'] => {
  let all: Promise<Party[]> | undefined
  const read = async () => (viewer ? transaction().party.findMany({ where: { collaborationId: viewer.collaborationId } }) : [])
  return new DataLoader(async (ids) => inOrder(ids, await (all ??= read())))
}

const inOrder = <T extends { id: string }>(ids: readonly string[], rows: readonly T[]): (T | undefined)[] => {
  const byId = new Map(rows.map((row) => [row.id, row]))
  return ids.map((id) => byId.get(id))
}
