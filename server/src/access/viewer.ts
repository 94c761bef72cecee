import type { MemberRole } from '@samsyn/prisma/client'

/** Whoever acts for a party: a member from a seat, or the operator, who has none and stands in the journal as nobody. */
export interface Actor {
  readonly memberId: string | undefined
  readonly partyId: string
  readonly collaborationId: string
  readonly roles: readonly MemberRole[]
}

/** A person's seat in the collaboration that the request names: what one may read depends on `partyId` alone. */
export interface Viewer extends Actor {
  readonly personId: string
  readonly memberId: string
}
