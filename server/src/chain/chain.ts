import { createHash } from 'node:crypto'

// How entries hang together, written a second time beside PostgreSQL's own (`canonical_entry`, `journal_seal`): what one of them
// gets wrong the other finds. No database here, and nothing but Node's own.

/** An entry as it stands in the database; a text in `changes` is `{ commitment: hex }`. */
export interface Entry {
  readonly id: string
  readonly at: Date
  readonly kind: string
  readonly collaboration: string
  readonly actor: string | null
  readonly party: string | null
  readonly type: string
  readonly subject: string
  readonly version: number
  readonly changes: unknown
}

/** RFC 8785 for what entries hold: objects with ASCII keys, strings, whole numbers, booleans, null. */
export const canonical = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const members = Object.entries(value)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`)
  return `{${members.join(',')}}`
}

/** The text of an entry that is chained. */
export const canonicalEntry = (entry: Entry): string => canonical({ ...entry, at: entry.at.toISOString() })

/** Before the first entry. */
export const BEGINNING: Uint8Array = new Uint8Array(32)

/** The hash of an entry that follows the one whose hash is `previous`. */
export const link = (previous: Uint8Array, text: string): Uint8Array =>
  createHash('sha256').update(previous).update(text, 'utf8').digest()

/** What stands in an entry for a text, so that the text can be erased and the chain still holds. */
export const commitmentOf = (salt: Uint8Array, text: string): string =>
  createHash('sha256').update(salt).update(text, 'utf8').digest('hex')

/** The commitments that stand in an entry's changes. */
export const commitmentsIn = (changes: unknown): string[] => {
  if (typeof changes !== 'object' || changes === null) return []
  if ('commitment' in changes && typeof changes.commitment === 'string') return [changes.commitment]
  return Object.values(changes).flatMap(commitmentsIn)
}
