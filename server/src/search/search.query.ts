import type { Actor } from '../access/viewer.ts'
import type { Transaction } from '../data/database.ts'
import { isOverload, TryAgain } from '../data/failures.ts'
import { asked, type Asked, type Term } from './terms.ts'
import { SEARCHED, SEARCH_TYPES, type SearchType, type Standing } from './searched.ts'
import { excerpt, type Piece, pieces, wordsOf } from './words.ts'

/**
 * Guards: search tells of nothing that the viewer's party may not read, and costs what is found, not what there is.
 *
 * The database's functions look only among what the viewer's party may read; what they name is loaded here as the viewer,
 * by the same rule as every list and under the same row-level security. Of each type ten thousand hits are counted and the
 * best ranked, however common the words are; words asked for are at most twelve, and a statement of a search gets two seconds.
 */
const MOST_RANKED = 200
const MOST_COUNTED = 10_000
const MOST_WORDS = 12
const SUBJECTS = SEARCH_TYPES.map((type) => SEARCHED[type].subject)
const PATIENCE_MS = '2000'

export interface SearchHit {
  readonly subject: { readonly type: string; readonly id: string }
  readonly title: readonly Piece[]
  readonly excerpt: readonly Piece[]
}

export interface Found {
  readonly hits: readonly SearchHit[]
  readonly hasMore: boolean
  readonly counts: readonly { readonly type: SearchType; readonly count: number }[]
}

interface Row {
  readonly type: string
  readonly id: string
  readonly score: number
  readonly in_title: boolean
  readonly changed_at: Date
  readonly total: bigint
}

interface Ranked extends Standing {
  readonly type: SearchType
  readonly score: number
  readonly changedAt: number
}

export interface Search {
  readonly text: string
  readonly types: readonly SearchType[]
  readonly first: number
  readonly offset: number
}

/** A search that takes too long is one to be asked again, more narrowly or later. */
export const search = async (transaction: Transaction, viewer: Actor, asked: Search): Promise<Found> => {
  try {
    return await find(transaction, viewer, asked)
  } catch (error) {
    throw isOverload(error) ? new TryAgain(1_000) : error
  }
}

const find = async (transaction: Transaction, viewer: Actor, { text, types, first, offset }: Search): Promise<Found> => {
  const words = wordsOf(text).slice(0, MOST_WORDS)
  const wanted = await meaning(transaction, words)
  const rows = wanted ? await matching(transaction, wanted) : []
  const counts = SEARCH_TYPES.map((type) => ({
    type,
    count: Number(rows.find((row) => row.type === SEARCHED[type].subject)?.total ?? 0),
  }))
  const ranked = await rank(transaction, viewer, rows, types)
  const page = ranked.slice(offset, offset + first)
  return {
    hits: await show(transaction, viewer, page, wanted?.words ?? new Set()),
    hasMore: ranked.length > offset + first,
    counts,
  }
}

const meaning = async (transaction: Transaction, words: readonly string[]): Promise<Asked | undefined> => {
  if (words.length === 0) return undefined
  const terms = await transaction.$queryRaw<Term[]>`
    select term.* from search_terms(${words}::text[]) term, set_config('statement_timeout', ${PATIENCE_MS}, true)`
  return asked(words.length, terms)
}

/**
 * The words themselves, where they fill all there is room for; else all that may be meant, together; if that stands nowhere
 * together, any of it.
 */
const matching = async (transaction: Transaction, { near, every, any }: Asked): Promise<Row[]> => {
  const hits = (wide: string) => transaction.$queryRaw<Row[]>`
    select subject_type as type, subject_id as id, score, in_title, changed_at, total
    from search_hits(${near}, ${wide}, ${SUBJECTS}::text[], ${MOST_RANKED}::int, ${MOST_COUNTED}::int)`
  if (every !== undefined) {
    const themselves = await hits(near)
    if (themselves.length >= MOST_RANKED || near === every) return themselves.length > 0 || any === every ? themselves : hits(any)
    const together = await hits(every)
    if (together.length > 0 || any === every) return together
  }
  return hits(any)
}

const ARCHIVED = 0.2
const OWN = 1.15

/** Title before text, open before archived, the own party's a little before others'; the latest first among equals. */
const rank = async (
  transaction: Transaction,
  viewer: Actor,
  rows: readonly Row[],
  types: readonly SearchType[],
): Promise<Ranked[]> => {
  const ranked: Ranked[] = []
  for (const type of types) {
    const { subject, standings } = SEARCHED[type]
    const found = new Map(rows.filter((row) => row.type === subject).map((row) => [row.id, row]))
    if (found.size === 0) continue
    for (const standing of await standings(transaction, viewer, [...found.keys()])) {
      const row = found.get(standing.id)
      if (!row) continue
      const words = (row.in_title ? 1 : 0) + row.score
      const score = words * (standing.archived ? ARCHIVED : 1) * (standing.partyId === viewer.partyId ? OWN : 1)
      ranked.push({ ...standing, type, score, changedAt: row.changed_at.getTime() })
    }
  }
  return ranked.toSorted((a, b) => b.score - a.score || b.changedAt - a.changedAt || (a.id < b.id ? -1 : 1))
}

const show = async (
  transaction: Transaction,
  viewer: Actor,
  page: readonly Ranked[],
  words: ReadonlySet<string>,
): Promise<SearchHit[]> => {
  const shown = new Map<string, SearchHit>()
  for (const type of SEARCH_TYPES) {
    const ids = page.filter((one) => one.type === type).map(({ id }) => id)
    if (ids.length === 0) continue
    for (const { id, title, text } of await SEARCHED[type].texts(transaction, viewer, ids))
      shown.set(id, {
        subject: { type: SEARCHED[type].subject, id },
        title: pieces(title, words),
        excerpt: excerpt(text, words),
      })
  }
  return page.map(({ id }) => shown.get(id)).filter((hit) => hit !== undefined)
}
