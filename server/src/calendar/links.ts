import { SLICES } from '../access/slices.ts'
import type { Actor } from '../access/viewer.ts'
import type { Database } from '../data/database.ts'
import { hashToken } from '../identity/sessions.ts'

/**
 * Guards: whoever has a link's address reads the days of its tasks, for as long as it holds, and nothing else.
 *
 * The address holds 256 random bits; we keep their SHA-256 and find the link by it, anew for each fetch. Whoever comes by one reads
 * as the party and nobody of it, as a program does: no person, no roles, nothing personal. Unknown, revoked and of somebody removed
 * are answered alike.
 */
export interface Opened {
  readonly viewer: Actor
  readonly slug: string
  /** Whose tasks are shown; undefined for all that the party answers for. */
  readonly memberId: string | undefined
}

const SHAPE = /^[\w-]{43}$/

interface Found {
  readonly collaboration_id: string
  readonly slug: string
  readonly party_id: string
  readonly member_id: string | null
}

export class CalendarLinks {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  async open(token: string): Promise<Opened | undefined> {
    if (!SHAPE.test(token)) return undefined
    const [found] = await this.#database.ask<Found>(
      'select collaboration_id, slug, party_id, member_id from calendar_viewer($1)',
      [hashToken(token)],
    )
    return (
      found && {
        viewer: {
          memberId: undefined,
          partyId: found.party_id,
          collaborationId: found.collaboration_id,
          roles: [],
          slices: SLICES,
        },
        slug: found.slug,
        memberId: found.member_id ?? undefined,
      }
    )
  }
}
