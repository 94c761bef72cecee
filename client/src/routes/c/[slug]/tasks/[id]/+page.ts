import { error } from '@sveltejs/kit'
import { globalId } from '#lib/graph/ids.ts'
import { dataOf } from '#lib/graph/refuse.ts'
import { readTask } from '#lib/tasks/readTask.ts'
import type { PageLoad } from './$types'

/** A foreign task looks like one that never existed. */
export const load: PageLoad = async ({ parent, params, url, fetch }) => {
  const { graph } = await parent()
  const id = globalId('Task', params.id)
  const { node } = dataOf(await readTask(graph, id, fetch), url)
  if (node?.__typename !== 'Task') error(404, { message: 'Not found' })
  return { id }
}
