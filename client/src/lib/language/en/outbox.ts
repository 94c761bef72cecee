import type { Like } from '../like.ts'
import type { outbox as sv } from '../sv/outbox.ts'
import { plural } from '../plural.ts'

export const outbox = {
  waiting: (count: number) => `${count} waiting to be sent`,
  failed: (count: number) => `${count} ${plural(count, 'change was', 'changes were')} not saved`,
  title: 'Your changes on their way',
  explain: 'What you have written is kept in this browser and sent by itself when the connection is back.',
  hurried:
    'You have done a lot in a short time, so the server asks you to wait a little. What you have written is kept here and sent by itself in a while.',
  waits: 'Waiting',
  choose: 'Choose which one should stand',
  copy: 'Copy the text',
  copied: 'Copied',
  dismiss: 'Discard',
  act: {
    createTask: 'New task',
    editTask: 'Edited task',
    assignTask: 'Responsible and assignees',
    moveTask: 'Moved task',
    archiveTask: 'Archived task',
    restoreTask: 'Restored task',
    writeComment: 'New comment',
    editComment: 'Edited comment',
    withdrawComment: 'Withdrawn comment',
    changeMember: 'Changed member',
    readNotifications: 'Read in the inbox',
    unreadNotifications: 'Unread in the inbox',
    finishNotifications: 'Done in the inbox',
    reopenNotifications: 'Back in the inbox',
    snoozeNotifications: 'For later in the inbox',
    wakeNotifications: 'Brought back in the inbox',
  },
  other: 'A change',
} satisfies Like<typeof sv>
