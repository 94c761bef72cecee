import { readable } from '../access/reads.ts'
import type { Actor } from '../access/viewer.ts'
import type { Transaction } from '../data/database.ts'

/** What decides a thing's place among the hits beside its words. */
export interface Standing {
  readonly id: string
  /** Whose it is; nobody's for a clause. */
  readonly partyId: string | undefined
  /** Put away: found last. */
  readonly archived: boolean
}

/** What is shown of a thing that was found. */
export interface Text {
  readonly id: string
  readonly title: string
  readonly text: string
}

interface Searched {
  /** By which type's name the database keeps it. */
  readonly subject: string
  readonly standings: (transaction: Transaction, viewer: Actor, ids: string[]) => Promise<Standing[]>
  readonly texts: (transaction: Transaction, viewer: Actor, ids: string[]) => Promise<Text[]>
}

const those = (viewer: Actor, ids: string[]) => ({ AND: [{ id: { in: ids } }, readable(viewer)] })

const TASK: Searched = {
  subject: 'Task',
  standings: async (transaction, viewer, ids) => {
    const select = { id: true, partyId: true, archivedAt: true } as const
    const tasks = await transaction.task.findMany({ where: those(viewer, ids), select })
    return tasks.map(({ archivedAt, ...task }) => ({ ...task, archived: archivedAt !== null }))
  },
  texts: async (transaction, viewer, ids) => {
    const select = { id: true, title: true, description: true } as const
    const tasks = await transaction.task.findMany({ where: those(viewer, ids), select })
    return tasks.map(({ description, ...task }) => ({ ...task, text: description }))
  },
}

/** A comment goes by the name of what it is about. */
const COMMENT: Searched = {
  subject: 'Comment',
  standings: async (transaction, viewer, ids) => {
    const select = {
      id: true,
      partyId: true,
      task: { select: { archivedAt: true } },
      clause: { select: { removed: true } },
    } as const
    const comments = await transaction.comment.findMany({ where: those(viewer, ids), select })
    return comments.map(({ id, partyId, task, clause }) => {
      return { id, partyId, archived: (task?.archivedAt ?? null) !== null || clause?.removed === true }
    })
  },
  texts: async (transaction, viewer, ids) => {
    const select = { id: true, text: true, task: { select: { title: true } }, clause: { select: { heading: true } } } as const
    const comments = await transaction.comment.findMany({ where: those(viewer, ids), select })
    return comments.map(({ id, text, task, clause }) => ({ id, text, title: task?.title ?? clause?.heading ?? '' }))
  },
}

const CLAUSE: Searched = {
  subject: 'Clause',
  standings: async (transaction, viewer, ids) => {
    const clauses = await transaction.clause.findMany({ where: those(viewer, ids), select: { id: true, removed: true } })
    return clauses.map(({ id, removed }) => ({ id, partyId: undefined, archived: removed }))
  },
  texts: async (transaction, viewer, ids) => {
    const select = { id: true, heading: true, text: true } as const
    const clauses = await transaction.clause.findMany({ where: those(viewer, ids), select })
    return clauses.map(({ heading, ...clause }) => ({ ...clause, title: heading }))
  },
}

const DECIDED_OTHERWISE = ['REJECTED', 'WITHDRAWN', 'OVERTAKEN']

const PROPOSAL: Searched = {
  subject: 'Proposal',
  standings: async (transaction, viewer, ids) => {
    const select = { id: true, partyId: true, state: true } as const
    const proposals = await transaction.proposal.findMany({ where: those(viewer, ids), select })
    return proposals.map(({ state, ...proposal }) => ({ ...proposal, archived: DECIDED_OTHERWISE.includes(state) }))
  },
  texts: async (transaction, viewer, ids) => {
    const select = { id: true, title: true, reason: true } as const
    const proposals = await transaction.proposal.findMany({ where: those(viewer, ids), select })
    return proposals.map(({ reason, ...proposal }) => ({ ...proposal, text: reason }))
  },
}

/** What can be searched. Another type is a line here, beside a trigger that calls `search_write`. */
export const SEARCHED = { TASK, COMMENT, CLAUSE, PROPOSAL } as const satisfies Record<string, Searched>
export type SearchType = keyof typeof SEARCHED
export const SEARCH_TYPES = Object.keys(SEARCHED) as SearchType[]
