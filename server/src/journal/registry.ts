import { commentEvents } from '../comments/comments.events.ts'
import { memberEvents } from '../members/members.events.ts'
import { taskEvents } from '../tasks/tasks.events.ts'
import type { EventDeclarations } from './events.ts'

/** Every kind of event there is, one line per slice. */
export const registry = { ...taskEvents, ...commentEvents, ...memberEvents } as const satisfies EventDeclarations

export type EventKind = keyof typeof registry

/** Widened, for looking up kinds read from the database. */
export const declarations: EventDeclarations = registry
