import { CalendarQuery } from '#lib/calendar/documents.ts'
import { dataOf } from '#lib/graph/refuse.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async ({ parent, fetch, untrack, url }) => {
  const { graph } = await parent()
  dataOf(
    await graph.read(CalendarQuery, {}, { fetch }),
    untrack(() => new URL(url)),
  )
}
