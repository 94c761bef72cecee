import { dataOf } from '#lib/graph/refuse.ts'
import { readSettings } from '#lib/notifications/read.ts'
import { loadWords } from '#lib/notifications/words.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async ({ parent, url, fetch }) => {
  const { graph, locale } = await parent()
  const [settings, words] = await Promise.all([readSettings(graph, fetch), loadWords(locale)])
  dataOf(settings, url)
  return { words }
}
