// The words about calendars come with what shows them, in both languages: no other page waits for them.
import { useLanguage, type Language } from '#lib/language/language.ts'
import type { Like } from '#lib/language/like.ts'
import { calendar as english } from '#lib/language/en/calendar.ts'
import { calendar as swedish } from '#lib/language/sv/calendar.ts'

const languages: Record<Language['locale'], Like<typeof swedish>> = { sv: swedish, en: english }

export const useCalendarWords = (): Like<typeof swedish> => languages[useLanguage().locale]
