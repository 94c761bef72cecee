import { english } from './en.ts'
import { swedish } from './sv.ts'

/** The same words in another language: what are words there are words here. */
type Like<T> = T extends string
  ? string
  : T extends (...given: infer Given) => string
    ? (...given: Given) => string
    : { [Key in keyof T]: Like<T[Key]> }

export type Words = Like<typeof swedish>

const languages: ReadonlyMap<string, Words> = new Map([
  ['sv', swedish],
  ['en', english],
])

/** Swedish unless something else is asked for; undefined for a language that is not spoken here. */
export const wordsOf = (asked: string | null): Words | undefined => languages.get(asked ?? 'sv')
