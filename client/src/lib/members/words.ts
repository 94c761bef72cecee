// The words about members come with what shows them: no other page waits for them.
import { members as english } from '#lib/language/en/members.ts'
import { useLanguage, type Language } from '#lib/language/language.ts'
import type { Like } from '#lib/language/like.ts'
import { members as swedish } from '#lib/language/sv/members.ts'

const languages: Record<Language['locale'], Like<typeof swedish>> = { sv: swedish, en: english }

export const useMemberWords = (): Like<typeof swedish> => languages[useLanguage().locale]
