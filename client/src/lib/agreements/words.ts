// The agreement's words come with the agreement's pages: whoever opens the board does not wait for them.
import { createContext } from 'svelte'
import type { Like } from '#lib/language/like.ts'
import type { Locale } from '#lib/language/locale.ts'
import type { agreement as swedish } from '#lib/language/sv/agreement.ts'

export type Words = Like<typeof swedish>

const languages: Record<Locale, () => Promise<Words>> = {
  sv: async () => (await import('#lib/language/sv/agreement.ts')).agreement,
  en: async () => (await import('#lib/language/en/agreement.ts')).agreement,
}

export const loadWords = (locale: Locale) => languages[locale]()

export const [useWords, provideWords] = createContext<Words>()
