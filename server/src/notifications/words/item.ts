import { WebhookStop } from '@samsyn/prisma/client'
import { fromGlobalId } from '../../graph/globalId.ts'
import type { Told } from '../letter.document.ts'
import type { Words } from './words.ts'

/** One thing that is told: what it is called, what happened, what was said, why the reader is told, and where it stands. */
export interface Item {
  readonly name: string
  readonly sentence: string
  readonly quote: string
  readonly why: string
  readonly url: string
  readonly open: string
}

export const itemOf = (told: Told, words: Words, room: string): Item => ({
  name: nameOf(told, words),
  sentence: sentenceOf(told, words),
  quote: told.subject.__typename === 'Comment' ? firstWords(told.subject.text ?? '') : '',
  why: words.why[told.reason],
  url: `${room}${pathOf(told)}`,
  open: openOf(told, words),
})

/** What it belongs to, for mail programs to gather by: all that is told of one task stands together. */
export const threadOf = ({ task, clause, proposal, subject }: Told): string =>
  Buffer.from((task ?? clause ?? proposal ?? subject).id, 'base64')
    .toString()
    .replace(':', '.')
    .toLowerCase()

const openOf = ({ reason, task }: Told, words: Words): string => {
  if (reason === 'TO_SIGN') return words.sign
  if (reason === 'WEBHOOK_STOPPED') return words.openWebhook
  return task ? words.openTask : words.open
}

const nameOf = ({ subject, task, clause, proposal }: Told, words: Words): string => {
  if (subject.__typename === 'AgreementVersion') return words.version(subject.number ?? 0)
  if (subject.__typename === 'Webhook') return subject.name ?? words.untitled
  return task?.title ?? (clause ? words.clause(clause.number, clause.heading) : undefined) ?? proposal?.title ?? words.untitled
}

const sentenceOf = ({ reason, dueOn, entry }: Told, words: Words): string => {
  if (reason === 'DUE' || reason === 'OVERDUE') return words.lastDay[reason](dayOf(dueOn ?? '', words))
  if (reason === 'TO_SIGN') return words.toSign
  if (reason === 'WEBHOOK_STOPPED') return stoppedFor(entry, words)
  const party = entry?.party ? ` (${entry.party.name})` : ''
  const who = `${entry?.actor?.name ?? words.somebody}${party}`
  const kind = entry?.kind ?? ''
  const what = reason === 'SHARED' && kind === 'task.assigned' ? words.madeResponsible : words.did[reason]
  return `${who} ${reason === 'DECIDED' ? (words.decided[kind] ?? what) : what}`
}

const STOPS = Object.values(WebhookStop)

/** Why it stopped, as the entry tells it: the webhook itself may have gone on since. */
const stoppedFor = (entry: Told['entry'], words: Words): string => {
  const told = entry?.changes.find(({ field }) => field === 'stop')?.to?.[0]
  const stop = STOPS.find((one) => one === told)
  return stop ? words.stopped[stop] : ''
}

const dayOf = (day: string, { tag }: Words): string =>
  new Intl.DateTimeFormat(tag, { timeZone: 'UTC', weekday: 'long', day: 'numeric', month: 'long' }).format(
    new Date(`${day}T00:00:00Z`),
  )

/** Within the collaboration's room; what has no place of its own is read in the inbox. */
const pathOf = ({ reason, subject, task, clause, proposal }: Told): string => {
  if (subject.__typename === 'AgreementVersion')
    return reason === 'TO_SIGN' ? `/agreement/versions/${subject.number}/sign` : '/agreement/versions'
  if (subject.__typename === 'Webhook') return '/developers/webhooks'
  if (task) return pathTo({ __typename: 'Task', ...task })
  const id = clause && fromGlobalId('Clause', clause.id)
  if (id) return `/agreement?clause=${id}#c-${id}`
  return proposal ? pathTo({ __typename: 'Proposal', ...proposal }) : '/inbox'
}

/** Where a thing stands that has a page of its own. */
export const pathTo = ({ __typename, id }: { readonly __typename: string; readonly id: string }): string => {
  if (__typename === 'Task') return `/tasks/${fromGlobalId('Task', id) ?? ''}`
  return __typename === 'Proposal' ? `/agreement/proposals/${fromGlobalId('Proposal', id) ?? ''}` : '/agreement/versions'
}

const MOST = 280

/** What was said, without its marks, as far as there is room for it. */
const firstWords = (text: string): string => {
  const plain = text
    .replaceAll(/@?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replaceAll(/[*_`#>]/g, '')
    .trim()
  return plain.length > MOST ? `${plain.slice(0, Math.max(plain.lastIndexOf(' ', MOST), MOST / 2))} …` : plain
}
