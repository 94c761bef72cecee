import type { Graph } from '#lib/graph/graph.ts'
import { readReferences } from '#lib/references/read.ts'
import { TaskQuery } from './documents.ts'
import { taskVariables } from './read.ts'

/** A task with what its texts refer to. */
export const readTask = async (graph: Graph, id: string, fetch?: typeof globalThis.fetch) => {
  const result = await graph.read(TaskQuery, taskVariables(id), { fetch })
  const node = result.data?.node
  if (node?.__typename === 'Task') {
    const said = node.comments.nodes.map(({ text }) => text)
    await readReferences(graph, [node.description, ...said], fetch)
  }
  return result
}
