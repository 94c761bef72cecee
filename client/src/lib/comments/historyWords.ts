// One sentence, where a history stands: the board's own words do not grow by it.
import { history as english } from '#lib/language/en/history.ts'
import { useLanguage, type Language } from '#lib/language/language.ts'
import type { Like } from '#lib/language/like.ts'
import { history as swedish } from '#lib/language/sv/history.ts'

const languages: Record<Language['locale'], Like<typeof swedish>> = { sv: swedish, en: english }

export const useHistoryWords = (): Like<typeof swedish> => languages[useLanguage().locale]
