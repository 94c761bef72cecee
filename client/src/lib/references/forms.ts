// How persons, parties, tasks and clauses stand in a text. Who is mentioned is stored with the name, as it was written; what is
// referred to is stored without one: its name is asked for by whoever reads, and told to those who may know it.
import { globalId } from '#lib/graph/ids.ts'

const uuid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'
const mention = new RegExp(`@\\[([^[\\]\\n]{1,100})\\]\\((member|party):(${uuid})\\)`, 'g')
const reference = new RegExp(`#\\[\\]\\((task|clause):(${uuid})\\)`, 'g')

export type Mentionable = 'member' | 'party'
export type Referable = 'task' | 'clause'

const types = { member: 'Member', party: 'Party', task: 'Task', clause: 'Clause' } as const
export const idIn = (kind: Mentionable | Referable, bare: string) => globalId(types[kind], bare)

export const mentionOf = (kind: Mentionable, name: string, bare: string) =>
  `@[${name
    .replaceAll(/[[\]\n]/g, ' ')
    .trim()
    .slice(0, 100)}](${kind}:${bare})`
export const referenceTo = (kind: Referable, bare: string) => `#[](${kind}:${bare})`

/** Who is mentioned, each once: global ids, with the names that stand there. */
export const mentionsIn = (text: string): { id: string; name: string }[] => {
  const found = new Map<string, string>()
  for (const [, name = '', kind, bare = ''] of text.matchAll(mention)) found.set(idIn(kind as Mentionable, bare), name)
  return [...found].map(([id, name]) => ({ id, name }))
}

/** What is referred to, each once: global ids. */
export const referencesIn = (text: string): string[] => [
  ...new Set([...text.matchAll(reference)].map(([, kind, bare = '']) => idIn(kind as Referable, bare))),
]

/** The reference that an address of this hub means, if all of the text is one; null for anything else. */
export const referenceAt = (text: string, origin: string, slug: string): string | null => {
  const address = /\s/.test(text.trim()) ? null : URL.parse(text.trim())
  if (address?.origin !== origin) return null
  const room = `/c/${slug}/`
  const path = address.pathname.startsWith(room) ? address.pathname.slice(room.length) : ''
  const [task, clause] = [address.searchParams.get('task'), address.searchParams.get('clause')]
  const named = (kind: Referable, bare: string | null | undefined) =>
    bare && new RegExp(`^${uuid}$`).test(bare) ? referenceTo(kind, bare) : null
  if (path === 'agreement') return named('clause', clause)
  return named('task', path === 'tasks' ? task : path.match(/^tasks\/([^/]+)$/)?.[1])
}
