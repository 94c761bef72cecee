import { randomBytes } from 'node:crypto'
import { administers, may } from '../access/may.ts'
import type { Actor } from '../access/viewer.ts'
import { NotAllowed, NotFound } from '../graph/failures.ts'
import type { InputCheck } from '../graph/input.ts'
import { hashToken } from '../identity/sessions.ts'
import { mintedId } from '../journal/mintedId.ts'
import { type Act, Unchanged, type UnitOfWork } from '../journal/work.ts'
import { keyPolicy } from './keys.policy.ts'
import { KEY_PREFIX } from './programs.ts'

/** A key lives for at least a day and at most a year, and for a quarter unless something else is said. */
export const MOST_DAYS = 365
export const USUAL_DAYS = 90

export interface KeyTerms {
  /** Minted by whoever makes it. */
  readonly id: string
  readonly name: string
  readonly days: number
}

/** What is wrong with the wish for a key, beside its field. The operator's command asks the same. */
export const checkKey = (check: InputCheck, { name, days }: { name: string; days: number }): { name: string; days: number } => {
  check.require('days', days >= 1, 'EMPTY')
  check.most('days', days, MOST_DAYS)
  return { name: check.text('name', name, { least: 1, most: 100 }), days }
}

/** The verbs of a key. Each is one unit of work and returns the key's id. */
export class KeyService {
  readonly #work: UnitOfWork

  constructor(work: UnitOfWork) {
    this.#work = work
  }

  /**
   * Makes a key and what opens it, which is shown to whoever made it and never again: we keep its SHA-256. An act that is
   * repeated has shown it already, and comes without.
   */
  async make(viewer: Actor, act: Act, { id, name, days }: KeyTerms): Promise<{ id: string; secret: string | null }> {
    const secret = KEY_PREFIX + randomBytes(32).toString('base64url')
    let shown: string | null = null
    const made = await this.#work.run(viewer, act, async (unit) => {
      if (!administers(viewer)) throw new NotAllowed('ROLE')
      // Counted from the same instant as the row is stamped with, by the same clock.
      const [ends] = await unit.transaction.$queryRaw<
        { at: Date }[]
      >`select transaction_timestamp() + make_interval(hours => ${days * 24}::int) as at`
      if (!ends) throw new Error('the database does not know the time')
      const key = await unit.transaction.apiKey.create({
        data: {
          id: mintedId(viewer, id),
          collaborationId: viewer.collaborationId,
          partyId: viewer.partyId,
          madeById: viewer.memberId ?? null,
          name,
          expiresAt: ends.at,
        },
      })
      await unit.transaction.$executeRaw`select key_seal(${hashToken(secret)}, ${key.id}::uuid)`
      await unit.record('key.made', key, {
        name: { from: null, to: key.name },
        expiresAt: { from: null, to: key.expiresAt.toISOString() },
      })
      shown = secret
      return key.id
    })
    return { id: made, secret: shown }
  }

  /** Takes a key back: its programs are refused at the next request, and what they follow is closed within seconds. */
  revoke(viewer: Actor, act: Act, id: string): Promise<string> {
    return this.#work.run(viewer, act, async (unit) => {
      await unit.transaction.$queryRaw`select id from api_key where id = ${id}::uuid for update`
      const before = await unit.transaction.apiKey.findUnique({ where: { id } })
      if (!before) throw new NotFound('id')
      may(keyPolicy, viewer, 'revoke', before)
      if (before.revokedAt) throw new Unchanged(id)
      // Any time will do: the database stamps its own.
      const after = await unit.transaction.apiKey.update({
        where: { id },
        data: { version: before.version + 1, revokedAt: before.madeAt },
      })
      await unit.record('key.revoked', after)
      return id
    })
  }
}
