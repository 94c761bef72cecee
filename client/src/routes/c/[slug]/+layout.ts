import { error } from '@sveltejs/kit'
import { HubQuery, SeatsQuery } from '#lib/graph/hub.document.ts'
import { entered } from '#lib/graph/hub.svelte.ts'
import { openGraph } from '#lib/graph/open.ts'
import { problemOfError } from '#lib/graph/outcome.ts'
import { dataOf } from '#lib/graph/refuse.ts'
import type { LayoutLoad } from './$types'

/** One graph for as long as the collaboration is open; a foreign slug looks like one that never existed. */
export const load: LayoutLoad = async ({ params, fetch, untrack, url }) => {
  const graph = openGraph(params.slug)
  const result = await graph.read(HubQuery, {}, { fetch })
  // Refused without a seat. Signing in again would lead whoever is signed in back to here.
  const refused = result.error && problemOfError(result.error).kind === 'signed-out'
  const seatless = refused && (await openGraph(null).read(SeatsQuery, {}, { fetch })).data?.viewer
  const entry = seatless
    ? null
    : entered(
        graph,
        dataOf(
          result,
          untrack(() => new URL(url)),
        ),
      )
  if (!entry) error(404, { message: 'Not found' })
  return { graph, entry }
}
