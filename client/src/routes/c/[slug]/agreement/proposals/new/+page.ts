import { BaseQuery } from '#lib/agreements/documents.ts'
import { dataOf } from '#lib/graph/refuse.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async ({ parent, url, fetch }) => {
  const { graph } = await parent()
  const { collaboration } = dataOf(await graph.read(BaseQuery, {}, { fetch }), url)
  const agreement = collaboration?.agreement
  return { clauses: agreement?.clauses ?? [], base: agreement?.latest?.id ?? null }
}
