import { loadWords as loadAgreementWords } from '#lib/agreements/words.ts'
import { problemOfError } from '#lib/graph/outcome.ts'
import { dataOf } from '#lib/graph/refuse.ts'
import { Asked, readSearch } from '#lib/search/asked.ts'
import { loadWords } from '#lib/search/words.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async ({ parent, url, fetch }) => {
  const { graph, locale } = await parent()
  const [words, agreement] = await Promise.all([loadWords(locale), loadAgreementWords(locale)])
  const asked = new Asked(url.searchParams)
  const page = { asked, words, agreement, found: null }
  if (asked.tooShort) return page
  const result = await readSearch(graph, asked, fetch)
  // Told beside the field, so that what was typed stays in it.
  const problem = result.error && problemOfError(result.error).kind
  if (problem === 'offline' || problem === 'busy' || problem === 'hurried') return page
  return { ...page, found: dataOf(result, url).search }
}
