import { dataOf } from '#lib/graph/refuse.ts'
import { KeysQuery } from '#lib/keys/documents.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async ({ parent, fetch, untrack, url }) => {
  const { graph } = await parent()
  dataOf(
    await graph.read(KeysQuery, {}, { fetch }),
    untrack(() => new URL(url)),
  )
  return { origin: untrack(() => url.origin) }
}
