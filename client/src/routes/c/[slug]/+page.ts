import { loadWords as loadAgreementWords } from '#lib/agreements/words.ts'
import { dataOf } from '#lib/graph/refuse.ts'
import { OverviewQuery } from '#lib/overview/documents.ts'
import { overviewVariables, weekBefore } from '#lib/overview/read.ts'
import { loadWords } from '#lib/overview/words.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async ({ parent, url, fetch }) => {
  const { graph, entry, language, locale } = await parent()
  const { viewer } = entry
  const since = viewer.lastVisit ?? weekBefore(language.format.today())
  const [words, agreementWords, overview] = await Promise.all([
    loadWords(locale),
    loadAgreementWords(locale),
    graph.read(OverviewQuery, overviewVariables(since, viewer.member.id, viewer.party.id), { fetch }),
  ])
  dataOf(overview, url)
  return { words, agreementWords }
}
