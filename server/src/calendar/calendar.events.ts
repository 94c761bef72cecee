import type { EventDeclarations } from '../journal/events.ts'

/** Told to the own party alone. That a calendar fetched is no event: nothing was changed by it. */
export const calendarEvents = {
  'calendar.made': { subject: 'CalendarLink', fields: { name: 'text', member: 'Member' } },
  'calendar.revoked': { subject: 'CalendarLink', fields: {} },
} as const satisfies EventDeclarations
