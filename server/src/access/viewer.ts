import type { MemberRole, Slice } from '@samsyn/prisma/client'

/**
 * Guards: through the API, whom somebody acts for is found by the session or the key, and no input says it.
 *
 * Whoever reads or acts for a party: a member from a seat; or, without one, a program with the party's key, which only reads, or
 * the operator, who stands in the journal as nobody. What one may read depends on `partyId` alone, and of a program on its key's slices.
 */
export interface Actor {
  readonly memberId: string | undefined
  readonly partyId: string
  readonly collaborationId: string
  readonly roles: readonly MemberRole[]
  /** What of it is read: all, but for a program whose key is for less. */
  readonly slices: readonly Slice[]
}

/** A person's seat in the collaboration that the request names: all that acts through the API does so from one. */
export interface Viewer extends Actor {
  readonly personId: string
  readonly memberId: string
}

/** Whether a person sits there; a program does not. */
export const isSeated = (viewer: Actor | undefined): viewer is Viewer => viewer?.memberId !== undefined
