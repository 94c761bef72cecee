import { redirect } from '@sveltejs/kit'
import { openGraph } from '#lib/graph/open.ts'
import { SeatsQuery } from '#lib/graph/hub.document.ts'
import { dataOf, signInAddress } from '#lib/graph/refuse.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async ({ fetch, url }) => {
  const { viewer } = dataOf(await openGraph(null).read(SeatsQuery, {}, { fetch }), url)
  // What somebody had open when it ended, by the page that was open.
  const left = url.searchParams.get('left')
  if (!viewer) redirect(303, left === null ? '/sign-in' : signInAddress(left, true))
  const [seat, ...others] = viewer.seats
  // Whoever has just lost a seat is told so, and not simply put somewhere else.
  if (seat && others.length === 0 && left === null) redirect(303, `/c/${seat.slug}`)
  return { seats: viewer.seats, left: left !== null }
}
