import type { MemberRole, NotificationChannel, NotificationReason } from '@samsyn/prisma/client'
import { SLICES } from '../access/slices.ts'
import type { Database } from '../data/database.ts'
import type { Receiver } from './channel.ts'

interface Row {
  readonly person_id: string
  readonly party_id: string
  readonly collaboration_id: string
  readonly roles: MemberRole[]
  readonly name: string
  readonly email: string
  readonly slug: string
  readonly collaboration_name: string
  readonly locale: 'sv' | 'en'
  readonly time_zone: string
  readonly mailed: NotificationReason[]
  readonly pushed: NotificationReason[]
  readonly key: Buffer
}

export interface Seated {
  readonly receiver: Receiver
  /** For which reasons they want to be told, by each channel. */
  readonly wants: Readonly<Record<NotificationChannel, readonly NotificationReason[]>>
  /** With what links in their letters are signed. */
  readonly key: Uint8Array
}

/** The member as they sit there now; undefined for whoever never took the seat, was removed, or whose party has left. */
export const findReceiver = async (database: Database, memberId: string): Promise<Seated | undefined> => {
  const [row] = await database.ask<Row>(
    `select person_id, party_id, collaboration_id, roles::text[] as roles, name, email, slug, collaboration_name, locale, time_zone,
       mailed::text[] as mailed, pushed::text[] as pushed, key from letter_receiver($1::uuid)`,
    [memberId],
  )
  if (!row) return undefined
  return {
    receiver: {
      name: row.name,
      email: row.email,
      locale: row.locale,
      timeZone: row.time_zone,
      collaboration: { slug: row.slug, name: row.collaboration_name },
      viewer: {
        memberId,
        personId: row.person_id,
        partyId: row.party_id,
        collaborationId: row.collaboration_id,
        roles: row.roles,
        slices: SLICES,
      },
    },
    wants: { MAIL: row.mailed, PUSH: row.pushed },
    key: row.key,
  }
}
