import { slicesOf } from '../access/slices.ts'
import type { Actor } from '../access/viewer.ts'
import type { Database } from '../data/database.ts'
import { hashToken } from '../identity/sessions.ts'

/**
 * Guards: a program with a key reads what its party may read of the key's slices, for as long as the key holds, and does nothing.
 *
 * The program shows 256 random bits; we keep their SHA-256 and find the key by it. What is compared is the hash, of which
 * whoever guesses can choose no part, so the time that the look-up takes tells nothing. Unknown, revoked, expired, and
 * former beyond its time are answered alike. Who comes with a key has no seat: no member, no person, no roles.
 */
export interface Program {
  readonly tokenHash: Buffer
  readonly keyId: string
}

export const KEY_PREFIX = 'samsyn_'
const SHAPE = /^samsyn_[\w-]{43}$/

interface Found {
  readonly key_id: string
  readonly collaboration_id: string
  readonly slug: string
  readonly party_id: string
  readonly slices: readonly string[]
}

export interface Known {
  readonly program: Program
  readonly viewer: Actor
  /** Of the key's collaboration: none other may be named with it. */
  readonly slug: string
}

/** What a program showed, to tell it from what others do. */
export const shownBy = ({ tokenHash }: Pick<Program, 'tokenHash'>): string => tokenHash.toString('hex')

export class Programs {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  /** Whoever shows this key; undefined for anything else. */
  async find(token: string): Promise<Known | undefined> {
    return SHAPE.test(token) ? this.#look(hashToken(token)) : undefined
  }

  /** The same later, for what lasts longer than a request. */
  async again(program: Program): Promise<Actor | undefined> {
    return (await this.#look(program.tokenHash))?.viewer
  }

  /** Of the given, those whose key still opens with what they showed; for sockets that nothing is sent to. */
  async alive(programs: readonly Program[]): Promise<Set<string>> {
    if (programs.length === 0) return new Set()
    const rows = await this.#database.ask<{ token: Buffer }>('select token from keys_opened($1::bytea[])', [
      programs.map(({ tokenHash }) => tokenHash),
    ])
    return new Set(rows.map(({ token }) => shownBy({ tokenHash: token })))
  }

  /** Whether the key holds, whatever opens it; for what is executed with it and shows nothing. */
  async holds(keyId: string): Promise<boolean> {
    return (await this.#database.ask('select key from keys_alive(array[$1::uuid])', [keyId])).length > 0
  }

  async #look(tokenHash: Buffer): Promise<Known | undefined> {
    const [found] = await this.#database.ask<Found>(
      'select key_id, collaboration_id, slug, party_id, slices from key_viewer($1)',
      [tokenHash],
    )
    return (
      found && {
        program: { tokenHash, keyId: found.key_id },
        slug: found.slug,
        viewer: {
          memberId: undefined,
          partyId: found.party_id,
          collaborationId: found.collaboration_id,
          roles: [],
          slices: slicesOf(found.slices),
        },
      }
    )
  }
}
