import { agreementEvents } from '../agreements/agreements.events.ts'
import { calendarEvents } from '../calendar/calendar.events.ts'
import { commentEvents } from '../comments/comments.events.ts'
import { fileEvents } from '../files/files.events.ts'
import { keyEvents } from '../keys/keys.events.ts'
import { memberEvents } from '../members/members.events.ts'
import { notificationEvents } from '../notifications/notifications.events.ts'
import { partyEvents } from '../parties/parties.events.ts'
import { taskEvents } from '../tasks/tasks.events.ts'
import { webhookEvents } from '../webhooks/webhooks.events.ts'
import type { EventDeclaration, EventDeclarations } from './events.ts'

/**
 * Guards: nothing is recorded of a kind that is not here.
 *
 * Every kind of event there is, one line per slice.
 */
export const registry = {
  ...taskEvents,
  ...commentEvents,
  ...memberEvents,
  ...partyEvents,
  ...agreementEvents,
  ...keyEvents,
  ...calendarEvents,
  ...webhookEvents,
  ...notificationEvents,
  ...fileEvents,
} as const satisfies EventDeclarations

export type EventKind = keyof typeof registry

/** What a kind read from the database declares; undefined for one that is no longer declared. */
export const declarationOf = (kind: string): EventDeclaration | undefined => (registry as EventDeclarations)[kind]
