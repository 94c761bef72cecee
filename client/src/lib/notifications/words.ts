// The inbox's words come with the inbox: whoever opens the board does not wait for them.
import { createContext } from 'svelte'
import type { Like } from '#lib/language/like.ts'
import type { Locale } from '#lib/language/locale.ts'
import type { notifications as swedish } from '#lib/language/sv/notifications.ts'

export type Words = Like<typeof swedish>

const languages: Record<Locale, () => Promise<Words>> = {
  sv: async () => (await import('#lib/language/sv/notifications.ts')).notifications,
  en: async () => (await import('#lib/language/en/notifications.ts')).notifications,
}

export const loadWords = (locale: Locale) => languages[locale]()

export const [useWords, provideWords] = createContext<Words>()
