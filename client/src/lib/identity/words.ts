// The words of the way in come with what shows them: no page behind it waits for them.
import { identity as english } from '#lib/language/en/identity.ts'
import { useLanguage, type Language } from '#lib/language/language.ts'
import type { Like } from '#lib/language/like.ts'
import { identity as swedish } from '#lib/language/sv/identity.ts'

const languages: Record<Language['locale'], Like<typeof swedish>> = { sv: swedish, en: english }

export const useIdentityWords = (): Like<typeof swedish> => languages[useLanguage().locale]
