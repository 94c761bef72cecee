import type { Graph } from '#lib/graph/graph.ts'

/** What texts refer to, before they are drawn. Whoever reads texts without references waits for nothing. */
export const readReferences = async (graph: Graph, texts: readonly string[], fetch?: typeof globalThis.fetch) => {
  const referring = texts.filter((text) => text.includes('#[]('))
  if (referring.length === 0) return
  const { referencesOf } = await import('./references.svelte.ts')
  await referencesOf(graph).read(referring, fetch)
}
