import { isSeated, type Viewer } from '../access/viewer.ts'
import type { Act } from '../journal/work.ts'
import type { Context } from './context.ts'
import { NotAllowed, NotFound } from './failures.ts'
import { fromGlobalId } from './globalId.ts'
import { InputCheck } from './input.ts'

/**
 * Guards: only a seat acts, and a key is no part of what was asked; an id of another type is the same as one that never
 * existed.
 */

/** The seat that acts. The schema lets nobody without one as far as a mutation's field. */
export const seated = (context: Context): Viewer => {
  if (!isSeated(context.viewer)) throw new NotAllowed('ROLE')
  return context.viewer
}

/** What is said of every mutation's one argument; the type of the input says the rest. */
export const ASKED = 'What is asked for. With an idempotency key it is done once, however often it is sent.'

/** An act under the caller's key. The key is checked here; it is no part of what was asked. */
export const actOf = <Input extends { idempotencyKey?: string | null | undefined }>(
  name: string,
  { idempotencyKey, ...input }: Input,
): Act => {
  if (idempotencyKey === null || idempotencyKey === undefined) return { name, key: undefined, input }
  const check = new InputCheck()
  const key = check.minted('idempotencyKey', idempotencyKey)
  check.done()
  return { name, key, input }
}

/** The UUID that an input field names; an id of another type is the same as one that never existed. */
export const idOf = (type: string, field: string, globalId: string): string => {
  const id = fromGlobalId(type, globalId)
  if (id === undefined) throw new NotFound(field)
  return id
}

/** The UUIDs of a list; what is no id of that type is told beside the field. */
export const idsOf = (
  check: InputCheck,
  type: string,
  field: string,
  globalIds: readonly string[],
  most = MOST_NAMED,
): string[] => {
  const ids = globalIds.map((globalId) => fromGlobalId(type, globalId))
  const known = ids.filter((id) => id !== undefined)
  check.require(field, known.length === ids.length, 'UNKNOWN')
  return check.list(field, known, most)
}

const MOST_NAMED = 50
