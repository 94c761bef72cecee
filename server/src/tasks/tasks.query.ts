import { Prisma, type Audience, type TaskState } from '@samsyn/prisma/client'
import { fromGlobalId } from '../graph/globalId.ts'

export const TASK_SORTS = ['POSITION', 'DUE_ON', 'UPDATED_AT', 'TITLE'] as const
export type TaskSort = (typeof TASK_SORTS)[number]

/** Ties by id, so that pages neither repeat nor skip. The client keeps its lists by the same rules. */
export const SORTS: Readonly<Record<TaskSort, Prisma.TaskOrderByWithRelationInput[]>> = {
  POSITION: [{ position: 'asc' }, { id: 'asc' }],
  DUE_ON: [{ dueOn: { sort: 'asc', nulls: 'last' } }, { id: 'asc' }],
  UPDATED_AT: [{ updatedAt: 'desc' }, { id: 'asc' }],
  TITLE: [{ title: 'asc' }, { id: 'asc' }],
}

export interface TaskFilter {
  readonly states?: readonly TaskState[] | null
  readonly responsible?: readonly string[] | null
  readonly assignees?: readonly string[] | null
  readonly audiences?: readonly Audience[] | null
  readonly text?: string | null
  readonly archived?: boolean | null
}

const MOST_VALUES = 50

/** The filter as Prisma's condition. Ids of nothing match nothing. */
export const taskWhere = (filter: TaskFilter): Prisma.TaskWhereInput => {
  const ids = (type: string, globalIds: readonly string[]) =>
    globalIds
      .slice(0, MOST_VALUES)
      .map((id) => fromGlobalId(type, id))
      .filter((id) => id !== undefined)
  const text = filter.text?.trim().slice(0, 200).replaceAll('\u0000', '')
  return {
    archivedAt: filter.archived ? { not: null } : null,
    ...(filter.states && { state: { in: [...filter.states] } }),
    ...(filter.audiences && { audience: { in: [...filter.audiences] } }),
    ...(filter.responsible && { responsible: { hasSome: ids('Party', filter.responsible) } }),
    ...(filter.assignees && { assignees: { hasSome: ids('Member', filter.assignees) } }),
    ...(text && {
      OR: [
        { title: { contains: escapeLike(text), mode: 'insensitive' as const } },
        { description: { contains: escapeLike(text), mode: 'insensitive' as const } },
      ],
    }),
  }
}

/** What people type is looked for as it stands: no wildcards. */
const escapeLike = (text: string): string => text.replace(/[\\%_]/g, (character) => `\\${character}`)
