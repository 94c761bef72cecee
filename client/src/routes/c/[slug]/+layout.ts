import { error, redirect } from '@sveltejs/kit'
import { HubQuery } from '#lib/graph/hub.document.ts'
import { entered } from '#lib/graph/hub.svelte.ts'
import { openGraph } from '#lib/graph/open.ts'
import { dataOf, signInAddress } from '#lib/graph/refuse.ts'
import type { LayoutLoad } from './$types'

/** One graph for as long as the collaboration is open; a foreign slug looks like one that never existed. */
export const load: LayoutLoad = async ({ params, fetch, untrack, url }) => {
  const graph = openGraph(params.slug)
  const here = untrack(() => new URL(url))
  const data = dataOf(await graph.read(HubQuery, {}, { fetch }), here)
  if (!data.viewer) redirect(303, signInAddress(here))
  const entry = entered(graph, data)
  if (!entry) error(404, { message: 'Not found' })
  return { graph, entry }
}
