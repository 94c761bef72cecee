/** A word that one of the words asked for may mean; see `search_terms` in the database. */
export interface Term {
  readonly place: number
  readonly word: string
  readonly grade: number
  readonly pair: number
  readonly side: number
}

/** What to look for: as PostgreSQL's queries, and the words to mark in what is found. */
export interface Asked {
  /** The words themselves, in any form. Found so, a thing ranks higher. */
  readonly near: string
  /** All that will do for every word asked for; undefined when one of them stands nowhere. */
  readonly every: string | undefined
  /** All that will do for any of them, for when not all are found together. */
  readonly any: string
  readonly words: ReadonlySet<string>
}

const NOTHING = 0
const ITSELF = 1
const BEGINS = 2
const PART = 4
const SLIP = 5

const quoted = (word: string): string => `'${word.replaceAll("'", "''").replaceAll('\\', '\\\\')}'`
const or = (parts: readonly string[]): string => (parts.length === 0 ? '' : `(${parts.join(' | ')})`)
const either = (terms: readonly Term[]): string => or([...new Set(terms.map(({ word }) => quoted(word)))])

/** A compound as its parts side by side: both must be there. */
const parts = (terms: readonly Term[]): string[] =>
  [...new Set(terms.map(({ pair }) => pair))].map((pair) => {
    const side = (which: number) => either(terms.filter((term) => term.pair === pair && term.side === which))
    return `(${side(1)} & ${side(2)})`
  })

/** Puts the words that are known of together. Undefined when nothing of what is asked for stands anywhere. */
export const asked = (count: number, terms: readonly Term[]): Asked | undefined => {
  const groups = Array.from({ length: count }, (_, index) => terms.filter(({ place }) => place === index + 1))
    .filter((group) => !group.some(({ grade }) => grade === NOTHING))
    .map((group) => {
      const known = group.some(({ grade }) => grade === ITSELF || grade === BEGINS)
      // What is known was not misspelt.
      const meant = group.filter(({ grade }) => grade < PART || (grade === SLIP && !known))
      const compound = group.filter(({ grade }) => grade === PART)
      const itself = meant.filter(({ grade }) => grade === ITSELF)
      const wide = or([...meant.map(({ word }) => quoted(word)), ...parts(compound)])
      return {
        near: itself.length > 0 ? either(itself) : wide,
        wide,
        // The last part of a compound is what it is: a policy, of some kind.
        loose: either([...meant, ...compound.filter(({ side }) => side === 2)]),
        words: [...meant, ...compound].map(({ word }) => word),
      }
    })
  const found = groups.filter(({ wide }) => wide !== '')
  if (found.length === 0) return undefined
  return {
    near: found.map(({ near }) => near).join(' & '),
    every: found.length === groups.length ? found.map(({ wide }) => wide).join(' & ') : undefined,
    any: found.map(({ loose }) => loose).join(' | '),
    words: new Set(found.flatMap(({ words }) => words)),
  }
}
