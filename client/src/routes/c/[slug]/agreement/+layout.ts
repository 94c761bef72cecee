import { loadWords } from '#lib/agreements/words.ts'
import type { LayoutLoad } from './$types'

export const load: LayoutLoad = async ({ parent }) => {
  const { locale } = await parent()
  return { words: await loadWords(locale) }
}
