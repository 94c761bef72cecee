import { dataOf } from '#lib/graph/refuse.ts'
import { readInbox, showIn } from '#lib/notifications/read.ts'
import { loadWords } from '#lib/notifications/words.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async ({ parent, url, fetch }) => {
  const { graph, locale } = await parent()
  const show = showIn(url.searchParams)
  const [inbox, words] = await Promise.all([readInbox(graph, show, fetch), loadWords(locale)])
  dataOf(inbox, url)
  return { show, words }
}
