import type { MemberRole } from '@samsyn/prisma/client'

/** A person's seat in the collaboration that the request names: what one may read depends on `partyId` alone. */
export interface Viewer {
  readonly personId: string
  readonly memberId: string
  readonly partyId: string
  readonly collaborationId: string
  readonly roles: readonly MemberRole[]
}
