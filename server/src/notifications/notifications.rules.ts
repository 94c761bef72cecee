import type { NotificationReason } from '@samsyn/prisma/client'
import type { EventKind } from '../journal/registry.ts'
import type { Thread } from './thread.ts'

/**
 * Guards: who is told of what, and why, is said once.
 *
 * A rule sees an entry as it stands in one party's stream, the thread that it belongs to as it was then, and the people of
 * that party; it names members. The first rule that names a member gives the reason. Nobody is told of what they did.
 */
export interface Told {
  readonly entryId: string
  readonly actorId: string | null
  /** For which party it was done. */
  readonly partyId: string | null
  readonly subjectType: string
  readonly subjectId: string
  /** Texts that the entry wrote, and those that they took the place of. */
  readonly texts: { readonly before: string; readonly after: string }
  /** Members and parties that the entry put in a list where they were not. */
  readonly came: ReadonlySet<string>
  /** Undefined for what is about no task. */
  readonly thread: Thread | undefined
}

/** The party in whose stream it stands, and those who hold a seat in it. */
export interface Party {
  readonly id: string
  readonly members: readonly { readonly id: string; readonly coordinates: boolean }[]
}

type Rule = (told: Told, party: Party) => readonly string[]

const everybody = ({ members }: Party) => members.map(({ id }) => id)
const coordinators = ({ members }: Party) => members.filter(({ coordinates }) => coordinates).map(({ id }) => id)

/** Whoever is given the task. */
const assigned: Rule = ({ came }, party) => everybody(party).filter((id) => came.has(id))

/** Whoever is named, as `@[Name](member:uuid)`, where they were not named before. */
const mentioned: Rule = ({ texts }, party) => everybody(party).filter((id) => names(texts, `member:${id}`))

/** All of a party that is named, as `@[Name](party:uuid)`. */
const partyMentioned: Rule = ({ texts }, party) => (names(texts, `party:${party.id}`) ? everybody(party) : [])

/** The coordinators of a party that could not read the task before. */
const shared: Rule = ({ thread }, party) => (thread?.known ? [] : coordinators(party))

/** The coordinators of a party that another party has made answerable. */
const responsible: Rule = ({ came, partyId }, party) => (came.has(party.id) && partyId !== party.id ? coordinators(party) : [])

/** Whoever wrote the task, does it, or has said something about it. */
const followed: Rule = ({ thread }, party) => everybody(party).filter((id) => thread?.followers.has(id))

const names = ({ before, after }: Told['texts'], whom: string): boolean => {
  const mention = `](${whom})`
  return /@\[[^\]\n]{1,100}\]\(/.test(after) && after.includes(mention) && !before.includes(mention)
}

type Rules = readonly (readonly [NotificationReason, Rule])[]

/** One line for each kind of event that anybody is told of. */
const RULES: Readonly<Partial<Record<EventKind, Rules>>> = {
  'task.created': [
    ['ASSIGNED', assigned],
    ['MENTIONED', mentioned],
    ['PARTY_MENTIONED', partyMentioned],
  ],
  'task.edited': [
    ['MENTIONED', mentioned],
    ['PARTY_MENTIONED', partyMentioned],
  ],
  'task.assigned': [
    ['ASSIGNED', assigned],
    ['SHARED', responsible],
  ],
  'task.shared': [['SHARED', shared]],
  'comment.written': [
    ['MENTIONED', mentioned],
    ['PARTY_MENTIONED', partyMentioned],
    ['COMMENT', followed],
  ],
  'comment.edited': [
    ['MENTIONED', mentioned],
    ['PARTY_MENTIONED', partyMentioned],
  ],
}

/** Whether anybody may be told of such an entry. */
export const concerns = (kind: string): kind is EventKind => kind in RULES

/** Each member at most once, with the first reason. */
export const whoIsTold = (kind: EventKind, told: Told, party: Party): ReadonlyMap<string, NotificationReason> => {
  const reasons = new Map<string, NotificationReason>()
  for (const [reason, rule] of RULES[kind] ?? [])
    for (const member of rule(told, party)) if (member !== told.actorId && !reasons.has(member)) reasons.set(member, reason)
  return reasons
}
