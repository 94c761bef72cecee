import { dataOf } from '#lib/graph/refuse.ts'
import { Asked, readSearch } from '#lib/search/asked.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async ({ parent, url, fetch }) => {
  const { graph } = await parent()
  const asked = new Asked(url.searchParams)
  if (asked.tooShort) return { asked, found: null }
  return { asked, found: dataOf(await readSearch(graph, asked, fetch), url).search }
}
