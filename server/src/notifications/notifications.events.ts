import type { EventDeclarations } from '../journal/events.ts'

/** Told in the member's own stream alone. */
export const notificationEvents = {
  'notification.made': { subject: 'Notification', fields: {} },
  'settings.changed': {
    subject: 'NotificationSettings',
    fields: {
      told: 'value',
      mailed: 'value',
      pushed: 'value',
      browsers: 'value',
      digestAt: 'value',
      quietFrom: 'value',
      quietTo: 'value',
      timeZone: 'value',
      locale: 'value',
    },
  },
  'notification.handled': { subject: 'Notification', fields: { readAt: 'value', doneAt: 'value' } },
} as const satisfies EventDeclarations
