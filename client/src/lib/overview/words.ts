// The first room's words come with it, as the agreement's do with the agreement: whoever opens the board does not wait for them.
import { createContext } from 'svelte'
import type { Like } from '#lib/language/like.ts'
import type { Locale } from '#lib/language/locale.ts'
import type { overview as swedish } from '#lib/language/sv/overview.ts'

type Words = Like<typeof swedish>

const languages: Record<Locale, () => Promise<Words>> = {
  sv: async () => (await import('#lib/language/sv/overview.ts')).overview,
  en: async () => (await import('#lib/language/en/overview.ts')).overview,
}

export const loadWords = (locale: Locale) => languages[locale]()

export const [useWords, provideWords] = createContext<Words>()
