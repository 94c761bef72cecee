import type { EventDeclarations } from '../journal/events.ts'

/** Told in the member's own stream alone. */
export const notificationEvents = {
  'notification.made': { subject: 'Notification', fields: {} },
  'notification.handled': { subject: 'Notification', fields: { readAt: 'value', doneAt: 'value' } },
} as const satisfies EventDeclarations
