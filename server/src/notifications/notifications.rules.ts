import type { MandateKind, NotificationReason } from '@samsyn/prisma/client'
import { mentionsIn } from '../comments/mentions.ts'
import type { EventKind } from '../journal/registry.ts'
import type { Thread } from './thread.ts'

/**
 * Guards: who is told of what, and why, is said once.
 *
 * A rule sees an entry as it stands in one party's stream, the thread that it belongs to as it was then, and the people of
 * that party; it names members. The first rule that names a member gives the reason. Nobody is told of what they did.
 */
export interface Told {
  readonly actorId: string | null
  /** For which party it was done. */
  readonly partyId: string | null
  /** Texts that the entry wrote, and those that they took the place of. */
  readonly texts: { readonly before: readonly string[]; readonly after: readonly string[] }
  /** Members and parties that the entry put in a list where they were not. */
  readonly came: ReadonlySet<string>
  /** Undefined for what belongs to none. */
  readonly thread: Thread | undefined
}

/** The party in whose stream it stands, and those who hold a seat in it, with what they can do for it today. */
export interface Party {
  readonly id: string
  /** Whether it answers proposals and signs. */
  readonly signatory: boolean
  readonly members: readonly {
    readonly id: string
    readonly coordinates: boolean
    readonly administers: boolean
    readonly mandates: ReadonlySet<MandateKind>
  }[]
}

type Rule = (told: Told, party: Party) => readonly string[]

const everybody = ({ members }: Party) => members.map(({ id }) => id)
export const coordinators = ({ members }: Party) => members.filter(({ coordinates }) => coordinates).map(({ id }) => id)
const mandated = ({ members, signatory }: Party, kind: MandateKind) =>
  signatory ? members.filter(({ mandates }) => mandates.has(kind)).map(({ id }) => id) : []

/** Whoever is given the task. */
const assigned: Rule = ({ came }, party) => everybody(party).filter((id) => came.has(id))

/** Whoever is named where they were not named before. */
const mentioned: Rule = ({ texts }, party) => {
  const [before, after] = [mentionsIn(texts.before), mentionsIn(texts.after)]
  return everybody(party).filter((id) => after.members.has(id) && !before.members.has(id))
}

/** All of a party that is named. */
const partyMentioned: Rule = ({ texts }, party) =>
  mentionsIn(texts.after).parties.has(party.id) && !mentionsIn(texts.before).parties.has(party.id) ? everybody(party) : []

/** The coordinators of a party that could not read the task before. */
const shared: Rule = ({ thread }, party) => (thread?.known ? [] : coordinators(party))

/** The coordinators of a party that another party has made answerable. */
const responsible: Rule = ({ came, partyId }, party) => (came.has(party.id) && partyId !== party.id ? coordinators(party) : [])

/** Whoever wrote it, does it, or has said, answered or signed something. */
const followed: Rule = ({ thread }, party) => everybody(party).filter((id) => thread?.followers.has(id))

/** Whoever may answer for the party, and those who see to it that somebody does. */
const answering: Rule = (_told, party) => [...mandated(party, 'VOTE'), ...coordinators(party)]

/** Whoever may sign for the party. */
const signing: Rule = (_told, party) => mandated(party, 'SIGN')

/** Only where nobody could read it before: the proposer's own were told when it was written. */
const anew =
  (rule: Rule): Rule =>
  (told, party) =>
    told.thread?.known ? [] : rule(told, party)

/** Those who look after the party's programs. */
const administering: Rule = (_told, { members }) => members.filter(({ administers }) => administers).map(({ id }) => id)

const all: Rule = (_told, party) => everybody(party)

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
  'proposal.drafted': [
    ['MENTIONED', mentioned],
    ['PARTY_MENTIONED', partyMentioned],
  ],
  'proposal.edited': [
    ['MENTIONED', mentioned],
    ['PARTY_MENTIONED', partyMentioned],
  ],
  'proposal.opened': [
    ['MENTIONED', anew(mentioned)],
    ['PARTY_MENTIONED', anew(partyMentioned)],
    ['PROPOSED', answering],
  ],
  'proposal.answered': [
    ['MENTIONED', mentioned],
    ['PARTY_MENTIONED', partyMentioned],
    ['ANSWERED', followed],
  ],
  'proposal.withdrawn': [['DECIDED', followed]],
  'proposal.rejected': [['DECIDED', followed]],
  'proposal.overtaken': [['DECIDED', followed]],
  // That it was agreed to is told by what came of it.
  'version.made': [
    ['TO_SIGN', signing],
    ['DECIDED', followed],
  ],
  'version.signed': [['SIGNED', followed]],
  'version.entered': [['IN_FORCE', all]],
  'webhook.stopped': [['WEBHOOK_STOPPED', administering]],
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
