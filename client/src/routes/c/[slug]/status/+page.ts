import { dataOf } from '#lib/graph/refuse.ts'
import { StatusQuery } from '#lib/status/documents.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async ({ parent, fetch, untrack, url }) => {
  const { graph } = await parent()
  const answer = await graph.read(StatusQuery, {}, { fetch, requestPolicy: 'network-only' })
  return {
    status: dataOf(
      answer,
      untrack(() => new URL(url)),
    ).hubStatus,
  }
}
