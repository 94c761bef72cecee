// The words about webhooks come with what shows them, in both languages: no other page waits for them.
import { useLanguage, type Language } from '#lib/language/language.ts'
import type { Like } from '#lib/language/like.ts'
import { webhooks as english } from '#lib/language/en/webhooks.ts'
import { webhooks as swedish } from '#lib/language/sv/webhooks.ts'

const languages: Record<Language['locale'], Like<typeof swedish>> = { sv: swedish, en: english }

export const useWebhookWords = (): Like<typeof swedish> => languages[useLanguage().locale]
