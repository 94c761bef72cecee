import { proposalStates } from '#lib/agreements/address.ts'
import { ProposalsQuery } from '#lib/agreements/documents.ts'
import { proposalsVariables } from '#lib/agreements/read.ts'
import { dataOf } from '#lib/graph/refuse.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async ({ parent, url, fetch }) => {
  const { graph } = await parent()
  const state = proposalStates.find((each) => each === url.searchParams.get('state')) ?? null
  dataOf(await graph.read(ProposalsQuery, proposalsVariables(state), { fetch }), url)
  return { state }
}
