import { SignedHeadsQuery } from '#lib/chain/documents.ts'
import { fingerprintOf } from '#lib/chain/fingerprint.ts'
import { loadWords } from '#lib/chain/words.ts'
import { dataOf } from '#lib/graph/refuse.ts'
import type { PageLoad } from './$types'

/** Nothing tells of a head that has been signed: whoever comes is shown what there is now. */
export const load: PageLoad = async ({ parent, fetch, untrack, url }) => {
  const { graph, locale } = await parent()
  const [answer, words] = await Promise.all([
    graph.read(SignedHeadsQuery, {}, { fetch, requestPolicy: 'network-only' }),
    loadWords(locale),
  ])
  const { signedHeads } = dataOf(
    answer,
    untrack(() => new URL(url)),
  )
  const keys = [...new Set(signedHeads.nodes.map(({ key }) => key))]
  return { words, fingerprints: Object.fromEntries(await Promise.all(keys.map(async (key) => [key, await fingerprintOf(key)]))) }
}
