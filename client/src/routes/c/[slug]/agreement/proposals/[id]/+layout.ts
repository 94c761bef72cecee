import { error } from '@sveltejs/kit'
import { ProposalQuery } from '#lib/agreements/documents.ts'
import { globalId } from '#lib/graph/ids.ts'
import { dataOf } from '#lib/graph/refuse.ts'
import type { LayoutLoad } from './$types'

/** A foreign draft looks like one that never existed. */
export const load: LayoutLoad = async ({ parent, params, url, fetch, untrack }) => {
  const { graph } = await parent()
  const id = globalId('Proposal', params.id)
  const { node } = dataOf(
    await graph.read(ProposalQuery, { id }, { fetch }),
    untrack(() => new URL(url)),
  )
  if (node?.__typename !== 'Proposal') error(404, { message: 'Not found' })
  return { id }
}
