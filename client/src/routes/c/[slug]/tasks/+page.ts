import { dataOf } from '#lib/graph/refuse.ts'
import { TaskFilter } from '#lib/tasks/filter.ts'
import { readTask, readTasks } from '#lib/tasks/read.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async ({ parent, url, fetch }) => {
  const { graph } = await parent()
  const filter = new TaskFilter(url.searchParams)
  dataOf(await readTasks(graph, filter, fetch), url)
  if (filter.task) dataOf(await readTask(graph, filter.task, fetch), url)
  return { filter }
}
