import { withClient } from '@samsyn/prisma/engine/databases'
import type { Ledger } from './ledger.ts'
import type { Thing } from './things.ts'

/** Keys for a part: each of these reads what the other does not. */
export const PARTS: readonly (readonly string[])[] = [
  ['TASKS', 'FILES'],
  ['COMMENTS', 'AGREEMENT'],
]

const TABLES: Readonly<Record<string, readonly string[]>> = {
  TASKS: ['task'],
  COMMENTS: ['comment'],
  AGREEMENT: ['agreement', 'agreement_version', 'version_clause', 'clause', 'proposal', 'answer', 'signature'],
  FILES: ['file'],
}
/** Whose ids are told of with their slice alone. Not those of clauses: a task's history names its clause. */
const TYPES: Readonly<Record<string, readonly string[]>> = {
  TASKS: ['Task'],
  COMMENTS: ['Comment'],
  AGREEMENT: ['Agreement', 'AgreementVersion', 'VersionClause', 'Proposal', 'Answer', 'Signature'],
  FILES: ['File'],
}
/** What stands here too is read by whoever reads anything: an agreement is called as its collaboration. */
const ALWAYS = ['collaboration', 'organisation', 'party', 'member', 'person']
const WORD = /kanarie[a-p]{16}/g

/**
 * Says of which slice each thing and each word is, by where it is kept: in a table, or in the journal as what was said of a thing.
 * The server is not asked.
 */
export const placeInSlices = (ownerUrl: string, ledger: Ledger, things: readonly Thing[]): Promise<void> =>
  withClient(ownerUrl, async (client) => {
    const wordsIn = async (source: string): Promise<Set<string>> => {
      const { rows } = await client.query<{ row: string }>(`select to_jsonb(told)::text as row from (${source}) told`)
      return new Set(rows.flatMap(({ row }) => row.match(WORD) ?? []))
    }
    const always = new Set<string>()
    for (const table of ALWAYS) for (const word of await wordsIn(`select * from ${table}`)) always.add(word)
    for (const [slice, tables] of Object.entries(TABLES)) {
      const types = (TYPES[slice] ?? []).map((type) => `'${type}'`).join(', ')
      const said = `select value from commitment join journal_entry entry on entry.id = entry_id where subject_type in (${types})`
      for (const source of [...tables.map((table) => `select * from ${table}`), said])
        for (const word of await wordsIn(source)) if (!always.has(word)) ledger.place(word, slice)
      const entries = await client.query<{ id: string }>(`select id from journal_entry where subject_type in (${types})`)
      for (const { id } of entries.rows) ledger.place(id, slice)
      for (const { type, id } of things) if (TYPES[slice]?.includes(type)) ledger.place(id, slice)
    }
  })
