import { createHash, randomBytes } from 'node:crypto'
import type { MemberRole } from '@samsyn/prisma/client'
import { SLICES } from '../access/slices.ts'
import type { Viewer } from '../access/viewer.ts'
import type { Database } from '../data/database.ts'

/**
 * Guards: a session is a random token that only its browser knows; we keep its SHA-256.
 *
 * A session belongs to a person. Which seat it gives depends on the collaboration that each request names, and is looked
 * up each time: a removed member is nobody at the next request.
 */
export interface Session {
  readonly tokenHash: Buffer<ArrayBuffer>
  readonly personId: string
}

const ABSOLUTE_HOURS = 12
const IDLE = '2 hours'

interface Found {
  readonly person_id: string
  readonly collaboration_id: string | null
  readonly party_id: string | null
  readonly member_id: string | null
  readonly roles: MemberRole[] | null
}

export const hashToken = (token: string): Buffer<ArrayBuffer> => Buffer.from(createHash('sha256').update(token).digest())

export class Sessions {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  /** Opens a session and returns its token: 256 bits, at most twelve hours, at most two idle. */
  async open(personId: string): Promise<{ token: string; maxAge: number }> {
    const token = randomBytes(32).toString('base64url')
    const maxAge = ABSOLUTE_HOURS * 60 * 60
    const ends = new Date(Date.now() + maxAge * 1_000)
    await this.#database.ask('select session_open($1, $2::uuid, $3)', [hashToken(token), personId, ends])
    return { token, maxAge }
  }

  async close(token: string): Promise<void> {
    await this.#database.ask('select session_close($1)', [hashToken(token)])
  }

  /** Who holds the token, with the seat in the named collaboration, if there is one. */
  async find(token: string, slug: string | undefined): Promise<{ session: Session; viewer: Viewer | undefined } | undefined> {
    return this.#look(hashToken(token), slug)
  }

  /** The same later, for what lasts longer than a request. */
  async again(session: Session, slug: string | undefined): Promise<Viewer | undefined> {
    return (await this.#look(session.tokenHash, slug))?.viewer
  }

  /** Of the given, those whose session or seat is no longer there; for sockets. Mostly nobody, so that little has to be told. */
  async ended(held: readonly { session: Session; memberId: string }[]): Promise<Set<string>> {
    if (held.length === 0) return new Set()
    const rows = await this.#database.ask<{ token: Buffer; seat: string }>(
      `with asked as (
         select decode(token, 'hex') as token, seat::uuid from unnest(string_to_array($1, ' '), string_to_array($2, ' ')) as asked(token, seat))
       select token, seat from asked
       except select token, seat from sessions_alive(
         (select array_agg(token order by token, seat) from asked), (select array_agg(seat order by token, seat) from asked), $3::interval)`,
      [
        held.map(({ session }) => session.tokenHash.toString('hex')).join(' '),
        held.map(({ memberId }) => memberId).join(' '),
        IDLE,
      ],
    )
    return new Set(rows.map(({ token, seat }) => endedKey(token, seat)))
  }

  async #look(tokenHash: Buffer<ArrayBuffer>, slug: string | undefined) {
    const [found] = await this.#database.ask<Found>(
      `select person_id, collaboration_id, party_id, member_id, roles::text[] as roles
       from session_viewer($1, $2::text, $3::interval)`,
      [tokenHash, slug ?? null, IDLE],
    )
    if (!found) return undefined
    const session: Session = { tokenHash, personId: found.person_id }
    const viewer: Viewer | undefined =
      found.member_id && found.party_id && found.collaboration_id
        ? {
            personId: found.person_id,
            memberId: found.member_id,
            partyId: found.party_id,
            collaborationId: found.collaboration_id,
            roles: found.roles ?? [],
            slices: SLICES,
          }
        : undefined
    return { session, viewer }
  }
}

export const endedKey = (tokenHash: Buffer, memberId: string): string => `${tokenHash.toString('base64')} ${memberId}`
