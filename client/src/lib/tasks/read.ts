// Guards: what is asked for before a page is drawn is what the page then asks the cache, to the last variable.
//
// What the pages of tasks ask for before they are drawn. The classes ask for the same, with the same variables, and find it in the
// cache.
import type { OperationResult } from '@urql/core'
import type { Graph } from '#lib/graph/graph.ts'
import { BoardQuery, ListQuery } from './documents.ts'
import type { TaskFilter } from './filter.ts'

export const tasksPerPage = 50
const comments = 50
const entries = 30

export const boardVariables = (filter: TaskFilter) => ({
  given: filter.input('GIVEN'),
  ongoing: filter.input('ONGOING'),
  delivered: filter.input('DELIVERED'),
  approved: filter.input('APPROVED'),
  sort: filter.sort,
  first: tasksPerPage,
})

export const listVariables = (filter: TaskFilter) => ({
  filter: filter.input(),
  sort: filter.sort,
  first: tasksPerPage,
  after: null,
})

export const taskVariables = (id: string) => ({ id, comments, entries })

export const readTasks = (
  graph: Graph,
  filter: TaskFilter,
  fetch?: typeof globalThis.fetch,
): Promise<OperationResult<unknown>> =>
  filter.view === 'list'
    ? graph.read(ListQuery, listVariables(filter), { fetch })
    : graph.read(BoardQuery, boardVariables(filter), { fetch })
