import type { Commitment, JournalEntry } from '@samsyn/prisma/client'
import { toGlobalId } from '../graph/globalId.ts'
import type { EventDeclaration, FieldForm, Stored, StoredChange } from './events.ts'
import { declarationOf, registry } from './registry.ts'

/**
 * Guards: a text that has been erased is nothing to those who read the journal, and ids of things leave the server as global
 * ids alone.
 */

/** A field before and after, as readers see it: texts opened from their commitments, ids made global. */
export interface PresentedChange {
  readonly field: string
  readonly from: readonly string[] | null
  readonly to: readonly string[] | null
}

export type EntryWithTexts = Pick<JournalEntry, 'kind' | 'changes'> & { commitments: Pick<Commitment, 'hash' | 'value'>[] }

/** The changes of an entry, in the order of the names of the fields. */
export const presentChanges = (entry: EntryWithTexts): PresentedChange[] => {
  const texts = new Map(entry.commitments.map(({ hash, value }) => [hash, value]))
  const forms: Readonly<Record<string, FieldForm>> = declarationOf(entry.kind)?.fields ?? {}
  return Object.entries(entry.changes ?? {})
    .filter(isChange)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([field, { from, to }]) => {
      const form = forms[field] ?? 'value'
      return { field, from: present(from, form, texts), to: present(to, form, texts) }
    })
}

/** The value that a field of a thing has, as an entry that set it would tell it; the same name means the same in all entries. */
export const presentValue = (field: string, value: Stored): readonly string[] | null => {
  const declarations: readonly EventDeclaration[] = Object.values(registry)
  return present(value, declarations.find(({ fields }) => field in fields)?.fields[field] ?? 'value', new Map())
}

const isChange = (field: [string, unknown]): field is [string, StoredChange] =>
  typeof field[1] === 'object' && field[1] !== null && 'from' in field[1] && 'to' in field[1]

const present = (stored: Stored, form: FieldForm, texts: ReadonlyMap<string, string | null>): readonly string[] | null => {
  if (stored === null || stored === undefined) return null
  const one = (value: string) => (form !== 'text' && form !== 'value' ? toGlobalId(form, value) : value)
  if (typeof stored !== 'object') return [one(String(stored))]
  if ('commitment' in stored) {
    const text = texts.get(stored.commitment)
    return typeof text === 'string' ? [text] : null
  }
  return 'text' in stored ? [stored.text] : stored.map(one)
}
