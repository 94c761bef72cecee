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
      weeklyOn: 'value',
      timeZone: 'value',
      locale: 'value',
    },
  },
  'notification.handled': { subject: 'Notification', fields: { readAt: 'value', doneAt: 'value', snoozedUntil: 'value' } },
  'notification.snoozed': { subject: 'Notification', fields: { doneAt: 'value', snoozedUntil: 'value' } },
  // By its member, or by nobody: the time had come, and it is new again.
  'notification.woken': { subject: 'Notification', fields: { snoozedUntil: 'value' } },
} as const satisfies EventDeclarations
