import { parse } from 'graphql'
import type { Connection, Field, List, Member, Telling } from './list.ts'

interface Change {
  readonly field: string
  readonly from: readonly string[] | null
  readonly to: readonly string[] | null
}
interface Entry {
  readonly at: string
  readonly kind: string
  readonly actor: Member | null
  readonly party: { readonly name: string } | null
  readonly changes: readonly Change[]
}

/** Fields of what changed that hold ids of parties, members and clauses. */
const REFERRING = ['responsible', 'assignees', 'sharedWith', 'clause']

/** What happened to a task, as its page tells it; what was changed, from what to what, in one cell. */
export const activity: List<Entry, { node: { activity?: Connection<Entry> } | null }> = {
  document: parse(`
    query Activity($id: ID!, $after: String) {
      collaboration { timeZone }
      node(id: $id) {
        ... on Task {
          activity(first: 100, after: $after) {
            nodes { at kind actor { name party { name } } party { name } changes { field from to } }
            pageInfo { hasNextPage endCursor }
          }
        }
      }
    }`),
  page: ({ node }) => node?.activity,
  named: (entries) =>
    entries.flatMap(({ changes }) =>
      changes.flatMap(({ field, from, to }) => (REFERRING.includes(field) ? [...(from ?? []), ...(to ?? [])] : [])),
    ),
  columns: [
    ['at', ({ at }, { moment }) => moment(at)],
    ['actor', ({ actor }) => actor?.name ?? null],
    ['party', ({ party }) => party?.name ?? null],
    ['happened', ({ kind }, { words }) => (Object.hasOwn(words.kind, kind) ? words.kind[kind as keyof typeof words.kind] : kind)],
    ['changes', ({ changes }, telling) => changes.map((change) => sentence(change, telling)).join('\n')],
  ],
}

const sentence = ({ field, from, to }: Change, telling: Telling): string => {
  const { words } = telling
  const name = Object.hasOwn(words.field, field) ? words.field[field as Field] : field
  const told = (values: readonly string[] | null) => values?.map((value) => valueOf(field, value, telling)).join(', ') ?? ''
  return told(from) ? `${name}: ${told(from)} → ${told(to)}` : `${name}: ${told(to)}`
}

const valueOf = (field: string, value: string, { words, nameOf }: Telling): string => {
  if (REFERRING.includes(field)) return nameOf(value) ?? '–'
  if (field === 'state' && Object.hasOwn(words.state, value)) return words.state[value as keyof typeof words.state]
  if (field === 'audience' && Object.hasOwn(words.audience, value)) return words.audience[value as keyof typeof words.audience]
  return value
}
