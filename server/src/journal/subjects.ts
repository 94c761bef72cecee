import { own, readable } from '../access/reads.ts'
import type { Actor } from '../access/viewer.ts'
import type { Transaction } from '../data/database.ts'

/** Guards: what an entry is about is told only as far as the viewer can read it now. */

/** What entries are about, and with which statement such things are found: one per type, however many are asked for. */
const found = {
  Task: (transaction, asked) => transaction.task.findMany(asked),
  Comment: (transaction, asked) => transaction.comment.findMany(asked),
  Member: (transaction, asked) => transaction.member.findMany(asked),
  Party: (transaction, asked) => transaction.party.findMany(asked),
  Proposal: (transaction, asked) => transaction.proposal.findMany(asked),
  AgreementVersion: (transaction, asked) => transaction.agreementVersion.findMany(asked),
  ApiKey: (transaction, asked) => transaction.apiKey.findMany(asked),
  CalendarLink: (transaction, asked) => transaction.calendarLink.findMany(asked),
  Webhook: (transaction, asked) => transaction.webhook.findMany(asked),
  Notification: (transaction, asked) => transaction.notification.findMany(asked),
  NotificationSettings: (transaction, asked) => transaction.notificationSettings.findMany(asked),
  File: (transaction, asked) => transaction.file.findMany(asked),
} as const satisfies Readonly<Record<string, (transaction: Transaction, asked: Asked) => Promise<{ id: string }[]>>>

type Asked = { where: { AND: [{ id: { in: string[] } }, ReturnType<typeof readable>] } }
type SubjectType = keyof typeof found

/** Read by one member, and not by a party. */
const PERSONAL: readonly SubjectType[] = ['Notification', 'NotificationSettings']

export const SUBJECT_TYPES = Object.keys(found) as readonly SubjectType[]

/** Where they are kept: a type is named as its table, in words. */
export const SUBJECT_TABLES = Object.fromEntries(
  SUBJECT_TYPES.map((type) => [type, type.replaceAll(/(?<=.)[A-Z]/g, '_$&').toLowerCase()]),
)

/** What an entry is about. */
export interface About {
  readonly subjectType: string
  readonly subjectId: string
}

/** As GraphQL wants a thing whose type is known only now. */
export interface Subject {
  readonly __typename: string
  readonly id: string
}

/** The subjects that the viewer can read now, by id. */
export const subjectsOf = async (
  transaction: Transaction,
  viewer: Actor | undefined,
  abouts: readonly About[],
): Promise<ReadonlyMap<string, Subject>> => {
  const subjects = new Map<string, Subject>()
  for (const type of SUBJECT_TYPES) {
    const ids = new Set(abouts.filter(({ subjectType }) => subjectType === type).map(({ subjectId }) => subjectId))
    if (ids.size === 0) continue
    const where: Asked['where'] = { AND: [{ id: { in: [...ids] } }, PERSONAL.includes(type) ? own(viewer) : readable(viewer)] }
    const rows: { id: string }[] = await found[type](transaction, { where })
    for (const row of rows) subjects.set(row.id, { ...row, __typename: type })
  }
  return subjects
}
