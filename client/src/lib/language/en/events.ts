import type { Like } from '../like.ts'
import type { events as sv } from '../sv/events.ts'

export const events = {
  kind: {
    'task.created': 'created the task',
    'task.edited': 'edited the task',
    'task.assigned': 'changed who does the task',
    'task.moved': 'moved the task',
    'task.shared': 'shared the task',
    'task.archived': 'put the task away',
    'task.restored': 'restored the task',
    'comment.written': 'wrote a comment',
    'comment.edited': 'edited a comment',
    'comment.withdrawn': 'withdrew a comment',
    'member.invited': 'invited a person',
    'member.joined': 'joined',
    'member.changed': 'changed the details of a person',
    'member.removed': 'removed a person',
    'party.admitted': 'admitted a party',
    'notification.made': 'put something in your inbox',
    'notification.handled': 'changed your inbox',
  },
  other: 'changed something',
  somebody: 'Somebody',
  one: (who: string, what: string, title: string | null) => (title ? `${who} ${what}: ${title}` : `${who} ${what}`),
  many: (count: number) => `${count} changes by others`,
} satisfies Like<typeof sv>
