import { readable } from '../access/reads.ts'
import type { Viewer } from '../access/viewer.ts'
import type { Transaction } from '../data/database.ts'

/** What decides a thing's place among the hits beside its words. */
export interface Standing {
  readonly id: string
  readonly partyId: string
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
  readonly standings: (transaction: Transaction, viewer: Viewer, ids: string[]) => Promise<Standing[]>
  readonly texts: (transaction: Transaction, viewer: Viewer, ids: string[]) => Promise<Text[]>
}

const those = (viewer: Viewer, ids: string[]) => ({ AND: [{ id: { in: ids } }, readable(viewer)] })

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

/** A comment goes by the name of its task. */
const COMMENT: Searched = {
  subject: 'Comment',
  standings: async (transaction, viewer, ids) => {
    const select = { id: true, partyId: true, task: { select: { archivedAt: true } } } as const
    const comments = await transaction.comment.findMany({ where: those(viewer, ids), select })
    return comments.map(({ task, ...comment }) => ({ ...comment, archived: task.archivedAt !== null }))
  },
  texts: async (transaction, viewer, ids) => {
    const select = { id: true, text: true, task: { select: { title: true } } } as const
    const comments = await transaction.comment.findMany({ where: those(viewer, ids), select })
    return comments.map(({ task, ...comment }) => ({ ...comment, title: task.title }))
  },
}

/** What can be searched. Another type is a line here, beside a trigger that calls `search_write`. */
export const SEARCHED = { TASK, COMMENT } as const satisfies Record<string, Searched>
export type SearchType = keyof typeof SEARCHED
export const SEARCH_TYPES = Object.keys(SEARCHED) as SearchType[]
