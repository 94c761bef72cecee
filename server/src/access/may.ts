import type { MemberRole } from '@samsyn/prisma/client'
import { NotAllowed, NotFound, type RefusalCode } from '../graph/failures.ts'
import { reads, type Readable } from './reads.ts'
import type { Actor } from './viewer.ts'

/** Guards: no verb is done that a policy does not allow, and what one may not read does not exist. */

/** Why a verb is refused, or undefined when it is allowed. */
export type Answer = RefusalCode | undefined

/** The verbs of one kind of thing, each a rule that reads as prose. */
export type Policy<Thing> = Readonly<Record<string, (viewer: Actor, thing: Thing) => Answer>>

/** Passes, or throws what the caller is told. What one may not read does not exist. */
export const may = <Thing extends Readable, P extends Policy<Thing>>(
  policy: P,
  viewer: Actor,
  verb: keyof P & string,
  thing: Thing,
): void => {
  if (!reads(viewer, thing)) throw new NotFound('id')
  const refusal = policy[verb]?.(viewer, thing)
  if (refusal !== undefined) throw new NotAllowed(refusal)
}

const has = (viewer: Actor, roles: readonly MemberRole[]): boolean => viewer.roles.some((role) => roles.includes(role))

/** Coordinators and contributors write; observers and those who only look after people do not. */
export const writes = (viewer: Actor): boolean => has(viewer, ['COORDINATOR', 'CONTRIBUTOR'])
/** Coordinators alone decide for the party what others get to see. */
export const coordinates = (viewer: Actor): boolean => has(viewer, ['COORDINATOR'])
/** Looks after the people of the own party. */
export const administers = (viewer: Actor): boolean => has(viewer, ['ADMIN'])
