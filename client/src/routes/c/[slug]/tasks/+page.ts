import { dataOf } from '#lib/graph/refuse.ts'
import { TaskFilter } from '#lib/tasks/filter.ts'
import { readTasks } from '#lib/tasks/read.ts'
import { readTask } from '#lib/tasks/readTask.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async ({ parent, url, fetch }) => {
  const { graph } = await parent()
  const filter = new TaskFilter(url.searchParams)
  dataOf(await readTasks(graph, filter, fetch), url)
  if (!filter.task) return { filter, TaskView: null }
  // A board without a task beside it does not wait for what shows one.
  const [task, view] = await Promise.all([readTask(graph, filter.task, fetch), import('#lib/tasks/TaskView.svelte')])
  dataOf(task, url)
  return { filter, TaskView: view.default }
}
