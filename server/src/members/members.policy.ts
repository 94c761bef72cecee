import type { Member } from '@samsyn/prisma/client'
import { administers, type Policy } from '../access/may.ts'

type Ruled = Pick<Member, 'readers' | 'partyId'>

/** A party looks after its own people, and nobody else's. */
export const memberPolicy = {
  change: (viewer, member) => (member.partyId !== viewer.partyId ? 'NOT_OWN_PARTY' : !administers(viewer) ? 'ROLE' : undefined),
  remove: (viewer, member) => (member.partyId !== viewer.partyId ? 'NOT_OWN_PARTY' : !administers(viewer) ? 'ROLE' : undefined),
} as const satisfies Policy<Ruled>
