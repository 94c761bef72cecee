import { error } from '@sveltejs/kit'
import { CompareQuery, VersionsQuery } from '#lib/agreements/documents.ts'
import { versionsVariables } from '#lib/agreements/read.ts'
import { dataOf } from '#lib/graph/refuse.ts'
import type { PageLoad } from './$types'

/** What is signed is shown against what was in force when the page was opened, also once it has come into force itself. */
export const load: PageLoad = async ({ parent, params, url, fetch }) => {
  const { graph } = await parent()
  const { collaboration } = dataOf(await graph.read(VersionsQuery, versionsVariables, { fetch }), url)
  const all = collaboration?.agreement?.versions.nodes ?? []
  const version = all.find(({ number }) => String(number) === params.number)
  if (!version) error(404, { message: 'Not found' })
  const since = all.find(({ number, inForceAt }) => number < version.number && inForceAt !== null)
  const ids = since ? { from: since.id, to: version.id } : null
  if (ids) dataOf(await graph.read(CompareQuery, ids, { fetch }), url)
  return {
    ids,
    number: version.number,
    since: since?.number ?? null,
    inline: url.searchParams.get('view') === 'inline',
  }
}
