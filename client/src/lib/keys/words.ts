// The words about keys come with what shows them, in both languages: no other page waits for them.
import { keys as english } from '#lib/language/en/keys.ts'
import { useLanguage, type Language } from '#lib/language/language.ts'
import type { Like } from '#lib/language/like.ts'
import { keys as swedish } from '#lib/language/sv/keys.ts'

const languages: Record<Language['locale'], Like<typeof swedish>> = { sv: swedish, en: english }

export const useKeyWords = (): Like<typeof swedish> => languages[useLanguage().locale]
