// One language per page: dictionary and formats come from the root layout's load, and only the language in use is sent.
import { createContext } from 'svelte'
import { Format } from './format.ts'
import type { Like } from './like.ts'
import type { Locale } from './locale.ts'
import type { dictionary as swedish } from './sv/dictionary.ts'

export type Dictionary = Like<typeof swedish>

export type Language = { readonly locale: Locale; readonly t: Dictionary; readonly format: Format }

const dictionaries: Record<Locale, () => Promise<Dictionary>> = {
  sv: async () => (await import('./sv/dictionary.ts')).dictionary,
  en: async () => (await import('./en/dictionary.ts')).dictionary,
}

export const loadLanguage = async (locale: Locale, now = () => new Date()): Promise<Language> => ({
  locale,
  t: await dictionaries[locale](),
  format: new Format(locale, now),
})

export const [useLanguage, provideLanguage] = createContext<Language>()
