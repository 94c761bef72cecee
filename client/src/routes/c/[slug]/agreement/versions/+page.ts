import { CompareQuery, VersionsQuery } from '#lib/agreements/documents.ts'
import { versionsVariables } from '#lib/agreements/read.ts'
import { dataOf } from '#lib/graph/refuse.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async ({ parent, url, fetch }) => {
  const { graph } = await parent()
  const { collaboration } = dataOf(await graph.read(VersionsQuery, versionsVariables, { fetch }), url)
  const numbered = (name: string) =>
    collaboration?.agreement?.versions.nodes.find(({ number }) => String(number) === url.searchParams.get(name))
  const [from, to] = [numbered('from'), numbered('to')]
  const ids = from && to && from !== to ? { from: from.id, to: to.id } : null
  if (ids) dataOf(await graph.read(CompareQuery, ids, { fetch }), url)
  return {
    ids,
    pair: from && to ? { from: from.number, to: to.number } : null,
    inline: url.searchParams.get('view') === 'inline',
  }
}
