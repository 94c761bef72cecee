import type { ApiKey, Slice } from '@samsyn/prisma/client'
import { randomBytes } from 'node:crypto'
import { administers, may } from '../access/may.ts'
import { slicesOf } from '../access/slices.ts'
import type { Actor } from '../access/viewer.ts'
import { NotAllowed, NotFound } from '../graph/failures.ts'
import type { InputCheck } from '../graph/input.ts'
import { hashToken } from '../identity/sessions.ts'
import { mintedId } from '../journal/mintedId.ts'
import { type Act, type Shown, Unchanged, type Unit, type UnitOfWork } from '../journal/work.ts'
import { keyPolicy } from './keys.policy.ts'
import { KEY_PREFIX } from './programs.ts'

/** A key lives for at least a day and at most a year, and for a quarter unless something else is said. */
export const MOST_DAYS = 365
export const USUAL_DAYS = 90
/** The former secret of a key goes on opening it for at most a week, and for a day unless something else is said. */
export const MOST_OVERLAP_HOURS = 168
export const USUAL_OVERLAP_HOURS = 24

export interface KeyTerms {
  /** Minted by whoever makes it. */
  readonly id: string
  readonly name: string
  readonly days: number
  /** What it reads, of what the party reads. */
  readonly slices: readonly Slice[]
}

type Wish = Omit<KeyTerms, 'id'>

/** What is wrong with the wish for a key, beside its field. The operator's command asks the same. */
export const checkKey = (check: InputCheck, { name, days, slices }: Wish): Wish => {
  checkDays(check, days)
  return { name: check.text('name', name, { least: 1, most: 100 }), days, slices: slicesOf(slices) }
}

/** How a key is to be given another secret. */
export interface Rotation {
  /** How long the former secret goes on opening it. */
  readonly overlapHours: number
  /** How long the key holds from now on; undefined: for as long as it would have. */
  readonly days: number | undefined
}

/** What is wrong with the wish for another secret, beside its field. */
export const checkRotation = (check: InputCheck, { overlapHours, days }: Rotation): Rotation => {
  check.require('overlapHours', overlapHours >= 0, 'EMPTY')
  check.most('overlapHours', overlapHours, MOST_OVERLAP_HOURS)
  if (days !== undefined) checkDays(check, days)
  return { overlapHours, days }
}

const checkDays = (check: InputCheck, days: number): void => {
  check.require('days', days >= 1, 'EMPTY')
  check.most('days', days, MOST_DAYS)
}

/** The verbs of a key. Each is one unit of work and returns the key's id. */
export class KeyService {
  readonly #work: UnitOfWork

  constructor(work: UnitOfWork) {
    this.#work = work
  }

  /** Makes a key and what opens it, which is shown to whoever made it and never again: we keep its SHA-256. */
  make(viewer: Actor, act: Act, { id, name, days, slices }: KeyTerms): Promise<Shown> {
    return this.#work.show(viewer, act, async (unit) => {
      if (!administers(viewer)) throw new NotAllowed('ROLE')
      const key = await unit.transaction.apiKey.create({
        data: {
          id: mintedId(viewer, id),
          collaborationId: viewer.collaborationId,
          partyId: viewer.partyId,
          madeById: viewer.memberId ?? null,
          name,
          slices: [...slices],
          expiresAt: await fromNow(unit, days * 24),
        },
      })
      const secret = await seal(unit, key.id)
      await unit.record('key.made', key, {
        name: { from: null, to: key.name },
        expiresAt: { from: null, to: key.expiresAt.toISOString() },
        slices: { from: null, to: key.slices },
      })
      return { id: key.id, secret }
    })
  }

  /**
   * Gives a key another secret, shown this once. The one before opens it for a while yet, so that its programs can be told the new one
   * without being shut out; the one before that is over at once.
   */
  rotate(viewer: Actor, act: Act, id: string, { overlapHours, days }: Rotation): Promise<Shown> {
    return this.#work.show(viewer, act, async (unit) => {
      let secret: string | null = null
      await change(unit, id, 'rotate', async (before) => {
        secret = await seal(unit, id)
        const expiresAt = days === undefined ? before.expiresAt : await fromNow(unit, days * 24)
        const overlap = await fromNow(unit, overlapHours)
        return { expiresAt, formerUntil: overlap < expiresAt ? overlap : expiresAt }
      })
      return { id, secret }
    })
  }

  /** Ends a key's former secret before its time: whoever still comes with it is shut out as by revoking. */
  endFormer(viewer: Actor, act: Act, id: string): Promise<string> {
    return this.#work.run(viewer, act, (unit) =>
      change(unit, id, 'endFormer', async ({ formerUntil }) => {
        const now = await fromNow(unit, 0)
        if (!formerUntil || formerUntil <= now) throw new Unchanged(id)
        return { formerUntil: now }
      }),
    )
  }

  /** Takes a key back: its programs are refused at the next request, and what they follow is closed within seconds. */
  revoke(viewer: Actor, act: Act, id: string): Promise<string> {
    return this.#work.run(viewer, act, (unit) =>
      change(unit, id, 'revoke', ({ revokedAt, madeAt }) => {
        if (revokedAt) throw new Unchanged(id)
        // Any time will do: the database stamps its own.
        return { revokedAt: madeAt }
      }),
    )
  }
}

type Changed = Partial<Pick<ApiKey, 'expiresAt' | 'formerUntil' | 'revokedAt'>>

const EVENTS = { rotate: 'key.rotated', endFormer: 'key.former_ended', revoke: 'key.revoked' } as const

/** Locks it, asks whether it may be, does what is decided, and tells the times that it moved. */
const change = async (
  unit: Unit,
  id: string,
  verb: keyof typeof keyPolicy,
  decide: (before: ApiKey) => Changed | Promise<Changed>,
): Promise<string> => {
  await unit.transaction.$queryRaw`select id from api_key where id = ${id}::uuid for update`
  const before = await unit.transaction.apiKey.findUnique({ where: { id } })
  if (!before) throw new NotFound('id')
  may(keyPolicy, unit.viewer, verb, before)
  const data = { ...(await decide(before)), version: before.version + 1 }
  const after = await unit.transaction.apiKey.update({ where: { id }, data })
  await unit.record(EVENTS[verb], after, moved(before, after))
  return id
}

/** Of the times that the journal tells, those that were moved. */
const moved = (before: ApiKey, after: ApiKey) =>
  Object.fromEntries(
    (['formerUntil', 'expiresAt'] as const)
      .map((field) => [field, { from: before[field]?.toISOString() ?? null, to: after[field]?.toISOString() ?? null }] as const)
      .filter(([, { from, to }]) => from !== to),
  )

/** Gives the key what opens it, and tells it. */
const seal = async ({ transaction }: Unit, keyId: string): Promise<string> => {
  const secret = KEY_PREFIX + randomBytes(32).toString('base64url')
  await transaction.$executeRaw`select key_seal(${hashToken(secret)}, ${keyId}::uuid)`
  return secret
}

/** So many hours from the instant with which the row is stamped, by the same clock. */
const fromNow = async ({ transaction }: Unit, hours: number): Promise<Date> => {
  const [then] = await transaction.$queryRaw<
    { at: Date }[]
  >`select transaction_timestamp() + make_interval(hours => ${hours}::int) as at`
  if (!then) throw new Error('the database does not know the time')
  return then.at
}
