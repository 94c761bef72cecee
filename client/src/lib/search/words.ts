// The words of search come with what is searched in: whoever opens the board does not wait for them.
import type { Like } from '#lib/language/like.ts'
import type { Locale } from '#lib/language/locale.ts'
import type { search as swedish } from '#lib/language/sv/search.ts'

export type Words = Like<typeof swedish>

const languages: Record<Locale, () => Promise<Words>> = {
  sv: async () => (await import('#lib/language/sv/search.ts')).search,
  en: async () => (await import('#lib/language/en/search.ts')).search,
}

export const loadWords = (locale: Locale) => languages[locale]()
