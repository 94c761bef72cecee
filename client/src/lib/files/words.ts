// The words about files come with what shows files, in both languages: they are few, and the board does not wait for them.
import { useLanguage, type Language } from '#lib/language/language.ts'
import type { Like } from '#lib/language/like.ts'
import { files as english } from '#lib/language/en/files.ts'
import { files as swedish } from '#lib/language/sv/files.ts'

export type FileWords = Like<typeof swedish>

const languages: Record<Language['locale'], FileWords> = { sv: swedish, en: english }

export const useFileWords = (): FileWords => languages[useLanguage().locale]

/** 800 B, 12 kB, 3,4 MB. */
export const sizeIn = (bytes: number, { format }: Pick<Language, 'format'>): string => {
  if (bytes < 1_000) return `${format.number(bytes)} B`
  if (bytes < 1_000_000) return `${format.number(Math.round(bytes / 1_000))} kB`
  return `${format.number(Math.round(bytes / 100_000) / 10)} MB`
}

/** What is in it, in a word. */
export const kindOf = (mediaType: string, words: FileWords): string => {
  const kinds: Readonly<Record<string, string>> = words.kind
  return kinds[mediaType] ?? (mediaType.startsWith('image/') ? words.picture : words.other)
}
