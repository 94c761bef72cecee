// The words about how the hub fares come with the page that shows it, in both languages: no other page waits for them.
import { status as english } from '#lib/language/en/status.ts'
import { useLanguage, type Language } from '#lib/language/language.ts'
import type { Like } from '#lib/language/like.ts'
import { status as swedish } from '#lib/language/sv/status.ts'

const languages: Record<Language['locale'], Like<typeof swedish>> = { sv: swedish, en: english }

export const useStatusWords = (): Like<typeof swedish> => languages[useLanguage().locale]
