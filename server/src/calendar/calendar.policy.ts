import type { CalendarLink } from '@samsyn/prisma/client'
import { administers, type Policy } from '../access/may.ts'

type Ruled = Pick<CalendarLink, 'readers' | 'memberId'>

/** One's own link is one's own to take back; those who look after a party's people take back any of the party's. */
export const calendarPolicy = {
  revoke: (viewer, link) =>
    (link.memberId !== null && link.memberId === viewer.memberId) || administers(viewer) ? undefined : 'ROLE',
} as const satisfies Policy<Ruled>
