// The words of the journal's page come with it: whoever opens the board does not wait for them.
import { createContext } from 'svelte'
import type { Like } from '#lib/language/like.ts'
import type { Locale } from '#lib/language/locale.ts'
import type { chain as swedish } from '#lib/language/sv/chain.ts'

export type Words = Like<typeof swedish>

const languages: Record<Locale, () => Promise<Words>> = {
  sv: async () => (await import('#lib/language/sv/chain.ts')).chain,
  en: async () => (await import('#lib/language/en/chain.ts')).chain,
}

export const loadWords = (locale: Locale) => languages[locale]()

export const [useWords, provideWords] = createContext<Words>()
