import { AgreementQuery, ClauseQuery } from '#lib/agreements/documents.ts'
import { clauseId, clauseVariables } from '#lib/agreements/read.ts'
import { dataOf } from '#lib/graph/refuse.ts'
import { readReferences } from '#lib/references/read.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async ({ parent, url, fetch }) => {
  const { graph } = await parent()
  const clause = clauseId(url.searchParams.get('clause'))
  dataOf(await graph.read(AgreementQuery, {}, { fetch }), url)
  if (clause) {
    const { node } = dataOf(await graph.read(ClauseQuery, clauseVariables(clause), { fetch }), url)
    const said = node?.__typename === 'Clause' ? node.comments.nodes.map(({ text }) => text) : []
    await readReferences(graph, said, fetch)
  }
  return { clause }
}
