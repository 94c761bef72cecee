import { NotificationReason } from '@samsyn/prisma/client'
import type { Prisma } from '@samsyn/prisma/client'
import { own, owns } from '../access/reads.ts'
import type { Actor } from '../access/viewer.ts'
import { builder } from '../graph/builder.ts'
import type { Context } from '../graph/context.ts'
import { toGlobalId } from '../graph/globalId.ts'
import { ViewerRef } from '../identity/identity.graph.ts'
import { BatchRef, EntryRef } from '../journal/journal.graph.ts'

export const ReasonRef = builder.enumType('NotificationReason', {
  description:
    'Why somebody is told. ASSIGNED: given the task to do. MENTIONED: named in a text. PARTY_MENTIONED: the own party is named. ' +
    'SHARED: a task was shared with the own party, or the party answers for it; told to its coordinators. ' +
    'COMMENT: a remark on a task that one wrote, does or has commented on, or on a clause that one has commented on. ' +
    'PROPOSED: a change of the agreement was proposed; told to those with a mandate to vote, and to coordinators. ' +
    'ANSWERED: a party answered a proposal that one wrote, opened or has answered. DECIDED: such a proposal was agreed to, rejected, ' +
    'overtaken or withdrawn. TO_SIGN: a version waits for a signature that one has the mandate to give. ' +
    'SIGNED: a party signed a version that came of such a proposal, or that one has signed. ' +
    'IN_FORCE: a version came into force; told to everybody. DUE: a task that one does falls due today or tomorrow. ' +
    'OVERDUE: the last day of a task has passed and it is not handed over; told to those who do it, and to coordinators of a party that answers for it. ' +
    'WEBHOOK_STOPPED: the hub has stopped sending to a webhook of the party; told to its administrators, and why stands in the entry.',
  values: Object.values(NotificationReason),
})

/** In the inbox, neither put away until later nor done with, and not read: what the mark on its door counts. */
const unread = (viewer: Actor | undefined): Prisma.NotificationWhereInput => ({
  AND: [own(viewer), { readAt: null, doneAt: null, snoozedUntil: null }],
})
export const countUnread = ({ viewer, transaction }: Pick<Context, 'viewer' | 'transaction'>): Promise<number> =>
  transaction.notification.count({ where: unread(viewer) })

builder.prismaNode('Notification', {
  id: { field: 'id' },
  nullable: true,
  description: 'Personal. Something that the viewer alone is told, once: who did what, and why it concerns the viewer.',
  select: { id: true, readers: true, subjectType: true, subjectId: true },
  authScopes: (notification, { viewer }) => owns(viewer, notification),
  fields: (t) => ({
    reason: t.expose('reason', { type: ReasonRef, description: 'Why the viewer of all people is told.' }),
    at: t.expose('at', { type: 'DateTime' }),
    entry: t.relation('entry', {
      type: EntryRef,
      nullable: true,
      description:
        'What happened, when and by whom; null when it was a day that came close, or passed, and when the entry has been archived.',
    }),
    subject: t.node({
      description:
        'What the viewer is told of: the task, the comment, the proposal, the version of the agreement or the webhook itself.',
      id: ({ subjectType, subjectId }) => toGlobalId(subjectType, subjectId),
    }),
    task: t.relation('task', { nullable: true, description: 'The thread that it belongs to, when that is a task.' }),
    clause: t.relation('clause', { nullable: true, description: 'The thread that it belongs to, when that is a clause.' }),
    proposal: t.relation('proposal', {
      nullable: true,
      description:
        'The thread that it belongs to, when that is a proposal: also for the version that came of it, and its signatures.',
    }),
    dueOn: t.expose('dueOn', { type: 'Date', nullable: true }),
    readAt: t.expose('readAt', { type: 'DateTime', nullable: true }),
    doneAt: t.expose('doneAt', { type: 'DateTime', nullable: true }),
    snoozedUntil: t.expose('snoozedUntil', { type: 'DateTime', nullable: true }),
    version: t.exposeInt('version'),
  }),
})

builder.objectField(BatchRef, 'unreadCount', (t) =>
  t.int({
    nullable: true,
    description:
      "Personal, and only in batches from the viewer's own stream: how many in the inbox are not read, in the batch's snapshot. Null in the party's.",
    resolve: ({ cursor }, _args, context) => (cursor.streamId === context.viewer?.memberId ? countUnread(context) : null),
  }),
)

const Filter = builder.inputType('InboxFilter', {
  description: 'Which notifications to list: all conditions hold.',
  fields: (t) => ({
    unread: t.boolean({ description: 'true: only what has not been read. false: only what has.' }),
    reasons: t.field({ type: [ReasonRef], description: 'For any of these reasons.' }),
    done: t.boolean({ defaultValue: false, description: 'false: in the inbox. true: put away as done.' }),
    snoozed: t.boolean({ defaultValue: false, description: 'false: not put away until later. true: only what is.' }),
  }),
})

builder.objectFields(ViewerRef, (t) => ({
  inbox: t.prismaConnection({
    type: 'Notification',
    cursor: 'id',
    nullable: true,
    authScopes: { person: true },
    description: 'Personal. What the viewer is told, newest first. A program has no inbox.',
    args: { filter: t.arg({ type: Filter, description: 'Without one: all that is in the inbox, read or not.' }) },
    resolve: (query, _session, { filter }, { viewer, transaction }) =>
      transaction.notification.findMany({
        ...query,
        where: {
          AND: [own(viewer)],
          doneAt: filter?.done ? { not: null } : null,
          snoozedUntil: filter?.snoozed ? { not: null } : null,
          ...(typeof filter?.unread === 'boolean' && { readAt: filter.unread ? null : { not: null } }),
          ...(filter?.reasons && { reason: { in: filter.reasons } }),
        },
        orderBy: [{ at: 'desc' }, { id: 'desc' }],
      }),
  }),
  unreadCount: t.int({
    nullable: true,
    authScopes: { person: true },
    description: 'Personal. How many in the inbox the viewer has not read.',
    resolve: (_session, _args, context) => countUnread(context),
  }),
}))
