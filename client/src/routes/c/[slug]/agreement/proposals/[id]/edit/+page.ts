import { BaseQuery, ProposalQuery, VersionTextQuery } from '#lib/agreements/documents.ts'
import { dataOf } from '#lib/graph/refuse.ts'
import type { PageLoad } from './$types'

/** A draft is read against the text it was written on; `?newest` puts its changes on the newest text instead, to be looked over. */
export const load: PageLoad = async ({ parent, url, fetch }) => {
  const { graph, id } = await parent()
  const { node } = dataOf(await graph.read(ProposalQuery, { id }, { fetch }), url)
  const proposal = node?.__typename === 'Proposal' ? node : null
  if (!proposal?.base || url.searchParams.has('newest')) {
    const { collaboration } = dataOf(await graph.read(BaseQuery, {}, { fetch, requestPolicy: 'network-only' }), url)
    const agreement = collaboration?.agreement
    return { proposal, clauses: agreement?.clauses ?? [], base: agreement?.latest?.id ?? null }
  }
  const { node: base } = dataOf(await graph.read(VersionTextQuery, { id: proposal.base.id }, { fetch }), url)
  const clauses = base?.__typename === 'AgreementVersion' ? base.clauses : []
  return { proposal, clauses: clauses.map(({ clause, ...words }) => ({ ...words, id: clause.id })), base: proposal.base.id }
}
