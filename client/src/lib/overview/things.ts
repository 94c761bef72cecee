// What happened, gathered by what it happened to: a comment belongs to what it is about. Plain TypeScript, tested beside.
import type { Party } from '#lib/graph/subjects.ts'
import type { Happening } from './documents.ts'

type Subject = NonNullable<Happening['subject']>

/** A thing as one names it and where it is. */
export type Thing =
  | { kind: 'task' | 'member' | 'party' | 'proposal' | 'key' | 'calendar' | 'webhook'; id: string; title: string }
  | { kind: 'clause'; id: string; title: string; number: string | null }
  | { kind: 'version'; id: string; number: number }

/** What one party did to a thing, each sort of act once. */
export type Doing = { party: Party | null; acts: readonly { kind: string; times: number }[] }
export type Change = { thing: Thing; at: string; doings: readonly Doing[]; count: number }

/** What a comment is about, or a file stands on. */
const spokenOf = ({ task, clause }: Pick<Extract<Subject, { __typename: 'Comment' }>, 'task' | 'clause'>): Thing | null => {
  if (task) return { kind: 'task', id: task.id, title: task.title }
  return clause && { kind: 'clause', id: clause.id, title: clause.heading, number: clause.number }
}

const thingOf = (subject: Subject): Thing | null => {
  switch (subject.__typename) {
    case 'Task':
      return { kind: 'task', id: subject.id, title: subject.title }
    case 'Comment':
      return spokenOf(subject)
    case 'File': {
      const { task, comment, agreementVersion: version } = subject
      if (version) return { kind: 'version', id: version.id, number: version.number }
      return spokenOf(comment ?? { task, clause: null })
    }
    case 'Member':
      return { kind: 'member', id: subject.id, title: subject.name }
    case 'Party':
      return { kind: 'party', id: subject.id, title: subject.name }
    case 'Proposal':
      return { kind: 'proposal', id: subject.id, title: subject.title }
    case 'AgreementVersion':
      return { kind: 'version', id: subject.id, number: subject.number }
    case 'ApiKey':
      return { kind: 'key', id: subject.id, title: subject.name }
    case 'CalendarLink':
      return { kind: 'calendar', id: subject.id, title: subject.name }
    case 'Webhook':
      return { kind: 'webhook', id: subject.id, title: subject.name }
    default:
      return null
  }
}

/** By thing, the last changed first; within, by party in the order in which they last did something. One's own acts are no news. */
export const gather = (happenings: readonly Happening[], me: string, party: string | null): Change[] => {
  const changes = new Map<string, { thing: Thing; at: string; count: number; doings: Map<string, Map<string, number>> }>()
  const parties = new Map<string, Party>()
  for (const { kind, at, actor, party: by, subject } of happenings) {
    const thing = subject && thingOf(subject)
    if (!thing || actor?.id === me || (party !== null && by?.id !== party)) continue
    if (by) parties.set(by.id, by)
    const change = changes.get(thing.id) ?? { thing, at, count: 0, doings: new Map<string, Map<string, number>>() }
    const acts = change.doings.get(by?.id ?? '') ?? new Map<string, number>()
    acts.set(kind, (acts.get(kind) ?? 0) + 1)
    change.doings.set(by?.id ?? '', acts)
    change.count += 1
    changes.set(thing.id, change)
  }
  return [...changes.values()].map(({ doings, ...change }) => ({
    ...change,
    doings: [...doings].map(([id, acts]) => ({
      party: parties.get(id) ?? null,
      // Told from the first to the last, as it happened.
      acts: [...acts].map(([kind, times]) => ({ kind, times })).toReversed(),
    })),
  }))
}

/** Which parties did something, in seat order, and to how many things. */
export const partiesOf = (happenings: readonly Happening[], me: string): { party: Party; count: number }[] => {
  const parties = new Map(happenings.flatMap(({ party }) => (party ? [[party.id, party] as const] : [])))
  return [...parties.values()]
    .map((party) => ({ party, count: gather(happenings, me, party.id).length }))
    .filter(({ count }) => count > 0)
    .toSorted((a, b) => a.party.ordinal - b.party.ordinal)
}
