import { redirect } from '@sveltejs/kit'
import { openGraph } from '#lib/graph/open.ts'
import { SeatsQuery } from '#lib/graph/hub.document.ts'
import { dataOf } from '#lib/graph/refuse.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async ({ fetch, url }) => {
  const { viewer } = dataOf(await openGraph(null).read(SeatsQuery, {}, { fetch }), url)
  if (!viewer) redirect(303, '/sign-in')
  const [seat, ...others] = viewer.seats
  // Whoever has just lost a seat is told so, and not simply put somewhere else.
  const left = url.searchParams.has('left')
  if (seat && others.length === 0 && !left) redirect(303, `/c/${seat.slug}`)
  return { seats: viewer.seats, left }
}
