import { own } from '../access/reads.ts'
import { ASKED, actOf, idOf, idsOf, seated } from '../graph/acts.ts'
import { builder, MOST_PER_PAGE } from '../graph/builder.ts'
import { FAILURES } from '../graph/failures.graph.ts'
import { InputCheck } from '../graph/input.ts'
import { personalCursorNow } from '../journal/changes.ts'
import { countUnread } from './notifications.graph.ts'
import type { Which } from './notifications.service.ts'

/** The doors of the inbox's verbs: take the input, call the verb, load the answer. */
const InboxChanged = builder.objectRef<Which>('InboxChanged').implement({
  description: "Personal. The viewer's inbox after the act.",
  fields: (t) => ({
    notifications: t.prismaField({
      type: ['Notification'],
      description: 'Those that were named, as they now are; for an act up to one, the latest 100 up to it.',
      resolve: async (query, which, _args, { transaction, viewer }) => {
        if ('ids' in which)
          return transaction.notification.findMany({ ...query, where: { AND: [own(viewer), { id: { in: [...which.ids] } }] } })
        const { at } = await transaction.notification.findUniqueOrThrow({ where: { id: which.upTo }, select: { at: true } })
        return transaction.notification.findMany({
          ...query,
          where: { AND: [own(viewer), { at: { lte: at }, doneAt: null, snoozedUntil: null }] },
          orderBy: [{ at: 'desc' }, { id: 'desc' }],
          take: MOST_PER_PAGE,
        })
      },
    }),
    unreadCount: t.int({
      description: 'How many in the inbox the viewer has not read, after the commit.',
      resolve: (_root, _args, context) => countUnread(context),
    }),
    cursor: t.field({
      type: 'Cursor',
      description: "The position of the viewer's own stream after the commit.",
      resolve: (_root, _args, context) => personalCursorNow(context),
    }),
  }),
})

export const key = 'A UUID minted by the client: the same key again gives the same answer and changes nothing.'
const ids = "Ids of Notification, the viewer's own, at most 50."

const ReadNotificationsInput = builder.inputType('ReadNotificationsInput', {
  description: 'What has been read: some by name, or all up to one. Exactly one of the two.',
  fields: (t) => ({
    idempotencyKey: t.id({ description: key }),
    ids: t.idList({ description: ids }),
    upTo: t.id({
      description:
        'Id of Notification: this one and all before it, so that what comes meanwhile stays unread. At most 200 at once.',
    }),
  }),
})
const named = (name: string, description: string) =>
  builder.inputType(name, {
    description,
    fields: (t) => ({
      idempotencyKey: t.id({ description: key }),
      ids: t.idList({ required: true, description: ids }),
    }),
  })
const INPUTS = {
  unread: named('UnreadNotificationsInput', 'What is to be read again.'),
  finish: named('FinishNotificationsInput', 'What has been done with.'),
  reopen: named('ReopenNotificationsInput', 'What was put away too soon.'),
  wake: named('WakeNotificationsInput', 'What is to come back at once.'),
}
const SnoozeNotificationsInput = builder.inputType('SnoozeNotificationsInput', {
  description: 'What is to come back later, and when.',
  fields: (t) => ({
    idempotencyKey: t.id({ description: key }),
    ids: t.idList({ required: true, description: ids }),
    until: t.field({ type: 'DateTime', required: true, description: 'When it comes back, as new: ahead, at most a year.' }),
  }),
})

const namedIn = (ids: readonly string[]): { ids: string[] } => {
  const check = new InputCheck()
  const known = idsOf(check, 'Notification', 'ids', ids)
  check.require('ids', ids.length > 0, 'EMPTY')
  check.done()
  return { ids: known }
}

const whichOf = ({ ids, upTo }: { ids?: string[] | null; upTo?: string | null }): Which => {
  const check = new InputCheck()
  check.require('upTo', typeof upTo !== 'string' || !ids, 'UNKNOWN')
  check.require('ids', typeof upTo === 'string' || Boolean(ids), 'EMPTY')
  check.done()
  return typeof upTo === 'string' ? { upTo: idOf('Notification', 'upTo', upTo) } : namedIn(ids ?? [])
}

builder.mutationFields((t) => {
  const handle = (verb: keyof typeof INPUTS, description: string) =>
    t.field({
      type: InboxChanged,
      description,
      errors: { types: FAILURES },
      authScopes: { seated: true },
      args: { input: t.arg({ type: INPUTS[verb], required: true, description: ASKED }) },
      resolve: async (_root, { input }, context) => {
        const which = namedIn(input.ids)
        return context.act(async () => {
          await context.notifications[verb](seated(context), actOf(`${verb}Notifications`, input), which)
          return which
        })
      },
    })
  return {
    readNotifications: t.field({
      type: InboxChanged,
      description: 'Marks as read, one by one or all that the viewer has seen so far.',
      errors: { types: FAILURES },
      authScopes: { seated: true },
      args: { input: t.arg({ type: ReadNotificationsInput, required: true, description: ASKED }) },
      resolve: async (_root, { input }, context) => {
        const which = whichOf(input)
        return context.act(async () => {
          await context.notifications.read(seated(context), actOf('readNotifications', input), which)
          return which
        })
      },
    }),
    unreadNotifications: handle('unread', 'Marks as not read, to come back to.'),
    finishNotifications: handle('finish', 'Puts away as done, and read; `reopenNotifications` brings back.'),
    reopenNotifications: handle('reopen', 'Brings back into the inbox what was put away as done.'),
    snoozeNotifications: t.field({
      type: InboxChanged,
      description: 'Puts away until later; within a minute of that time it is back, latest of all and not read.',
      errors: { types: FAILURES },
      authScopes: { seated: true },
      args: { input: t.arg({ type: SnoozeNotificationsInput, required: true, description: ASKED }) },
      resolve: async (_root, { input }, context) => {
        const which = namedIn(input.ids)
        return context.act(async () => {
          await context.notifications.snooze(seated(context), actOf('snoozeNotifications', input), which, input.until)
          return which
        })
      },
    }),
    wakeNotifications: handle('wake', 'Brings back into the inbox, as it was, what was put away until later.'),
  }
})
