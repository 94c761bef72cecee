import { loadLanguage } from '#lib/language/language.ts'
import type { LayoutLoad } from './$types'

export const load: LayoutLoad = async ({ data }) => ({ ...data, language: await loadLanguage(data.locale) })
