import { dataOf } from '#lib/graph/refuse.ts'
import { readInbox, showIn } from '#lib/notifications/read.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async ({ parent, url, fetch }) => {
  const { graph } = await parent()
  const show = showIn(url.searchParams)
  dataOf(await readInbox(graph, show, fetch), url)
  return { show }
}
