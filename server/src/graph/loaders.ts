import type { Clause, Member, Party } from '@samsyn/prisma/client'
import DataLoader from 'dataloader'
import type { Transaction } from '../data/database.ts'

/** Parties, members and clauses are named on every row: each is read once per execution, together. */
export interface Loaders {
  readonly party: DataLoader<string, Party | undefined>
  readonly member: DataLoader<string, Member | undefined>
  readonly clause: DataLoader<string, Clause | undefined>
}

export const createLoaders = (transaction: () => Transaction): Loaders => ({
  party: new DataLoader(async (ids) => inOrder(ids, await transaction().party.findMany({ where: { id: { in: [...ids] } } }))),
  member: new DataLoader(async (ids) => inOrder(ids, await transaction().member.findMany({ where: { id: { in: [...ids] } } }))),
  clause: new DataLoader(async (ids) => inOrder(ids, await transaction().clause.findMany({ where: { id: { in: [...ids] } } }))),
})

const inOrder = <T extends { id: string }>(ids: readonly string[], rows: readonly T[]): (T | undefined)[] => {
  const byId = new Map(rows.map((row) => [row.id, row]))
  return ids.map((id) => byId.get(id))
}
