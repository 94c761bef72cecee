// What a notification is about: what that is called, where it stands, and how its thread is named when it is muted.
import { Addresses } from '#lib/agreements/address.ts'
import { uuidOf } from '#lib/graph/ids.ts'
import type { Mute, Notification } from '#lib/graph/subjects.ts'
import type { Format } from '#lib/language/format.ts'
import type { Words } from './words.ts'

export type ThreadKind = 'task' | 'clause' | 'proposal'
export type Thread = { readonly kind: ThreadKind; readonly id: string }

/** Undefined for what belongs to none, and for what one can't read any more. */
export const threadOf = ({ task, clause, proposal }: Pick<Notification, ThreadKind>): Thread | undefined => {
  if (task) return { kind: 'task', id: task.id }
  if (clause) return { kind: 'clause', id: clause.id }
  return proposal ? { kind: 'proposal', id: proposal.id } : undefined
}

const threadName = ({ task, clause, proposal }: Pick<Notification, ThreadKind>, words: Words): string | undefined =>
  task?.title ?? (clause ? words.clause(clause.number, clause.heading) : proposal?.title)

export const nameOf = (one: Notification, words: Words): string => {
  if (one.subject?.__typename === 'AgreementVersion') return words.version(one.subject.number)
  return (one.subject?.__typename === 'Webhook' ? one.subject.name : threadName(one, words)) ?? words.untitled
}

export const muteName = (mute: Mute, words: Words): string =>
  threadName(mute, words) ?? (mute.reason ? words.reason[mute.reason] : words.untitled)

/** Where it is shown; the inbox itself for what is gone. */
export const addressOf = ({ reason, subject, task, clause, proposal }: Notification, slug: string): string => {
  const at = new Addresses(slug)
  if (subject?.__typename === 'AgreementVersion') return reason === 'TO_SIGN' ? at.sign(subject.number) : at.versions
  if (subject?.__typename === 'Webhook') return `/c/${slug}/developers/webhooks`
  if (task) return `/c/${slug}/tasks/${uuidOf(task.id)}`
  if (clause) return at.clause(clause.id)
  return proposal ? at.proposal(proposal.id) : `/c/${slug}/inbox`
}

/** What happened, as the rest of a sentence that begins with who did it; for a day and a demand, the whole of it. */
export const happened = ({ reason, entry, dueOn }: Notification, words: Words, format: Format): string => {
  switch (reason) {
    case 'DUE':
    case 'OVERDUE':
      return words.lastDay[reason](dueOn ? format.day(dueOn) : '')
    case 'WEBHOOK_STOPPED':
      return words.stopped[stopIn(entry) ?? ''] ?? words.stoppedAny
    case 'TO_SIGN':
      return words.toSign
    case 'IN_FORCE':
      return words.inForce
    case 'DECIDED':
      return words.decided[entry?.kind ?? ''] ?? words.did.ANSWERED
    case 'SHARED':
      return entry?.kind === 'task.assigned' ? words.madeResponsible : words.did.SHARED
    default:
      return words.did[reason]
  }
}

/** Why the hub stopped, as the entry tells it: the webhook itself may have gone on since. */
const stopIn = (entry: Notification['entry']) => entry?.changes.find(({ field }) => field === 'stop')?.to?.[0]

/** Beginning as a sentence does. */
export const sentence = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

const MOST = 140

/** The first words of what was said, without its marks. */
export const said = ({ subject }: Notification): string => {
  if (subject?.__typename !== 'Comment') return ''
  const plain = subject.text
    .replaceAll(/@?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replaceAll(/[*_`#>]/g, '')
    .trim()
  return plain.length > MOST ? `${plain.slice(0, plain.lastIndexOf(' ', MOST))} …` : plain
}
