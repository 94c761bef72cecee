import { WEBHOOKS } from '@samsyn/prisma/engine/jobs'
import type { Webhook } from '@samsyn/prisma/client'
import { randomUUID } from 'node:crypto'
import { administers, may } from '../access/may.ts'
import type { Viewer } from '../access/viewer.ts'
import { InvalidInput, NotAllowed, NotFound } from '../graph/failures.ts'
import type { Jobs } from '../jobs/jobs.ts'
import { type Cursor, decodeCursor } from '../journal/cursor.ts'
import { assertNoConflict } from '../journal/conflicts.ts'
import type { EventKind } from '../journal/registry.ts'
import { mintedId } from '../journal/mintedId.ts'
import { type Act, type Changes, type Shown, Unchanged, type Unit, type UnitOfWork } from '../journal/work.ts'
import type { WebhookJob } from './courier.ts'
import type { WebhookSecrets } from './secret.ts'
import { webhookPolicy } from './webhooks.policy.ts'

export interface WebhookTerms {
  /** Minted by whoever makes it. */
  readonly id: string
  readonly name: string
  readonly url: string
  readonly document: string
  readonly keyId: string
  /** From where it sends; from now on unless said. */
  readonly after: string | undefined
}

/** How many a party has at once, removed ones not counted. */
export const MOST_WEBHOOKS = 20
/** How long the secret before the latest is signed with too. */
export const OVERLAP_HOURS = 24

/** Of a replay: from the stream's beginning, and to where the webhook stands, unless said. */
interface Range {
  readonly after: string | undefined
  readonly until: string | undefined
}

/** What may be changed of one that exists. */
type Edited = Pick<WebhookTerms, 'name' | 'url' | 'document'>
const EDITED = ['name', 'url', 'document'] as const

type EventOfWebhook = Extract<EventKind, `webhook.${string}`>

/** The verbs of a webhook. Each is one unit of work and returns the webhook's id. */
export class WebhookService {
  readonly #work: UnitOfWork
  readonly #jobs: Jobs
  readonly #secrets: () => Promise<WebhookSecrets>

  constructor(work: UnitOfWork, jobs: Jobs, secrets: () => Promise<WebhookSecrets>) {
    this.#work = work
    this.#jobs = jobs
    this.#secrets = secrets
  }

  /** Makes a webhook, and shows what it signs with this once. */
  async make(viewer: Viewer, act: Act, { id, name, url, document, keyId, after }: WebhookTerms): Promise<Shown> {
    const secrets = await this.#secrets()
    return this.#work.show(viewer, act, async (unit) => {
      const { transaction } = unit
      if (!administers(viewer)) throw new NotAllowed('ROLE')
      if (!(await this.#holds(unit, keyId))) throw new NotFound('key')
      // Of two that are made at once, the second counts the first.
      await transaction.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`webhooks of ${viewer.partyId}`}, 0))`
      const others = await transaction.webhook.count({ where: { partyId: viewer.partyId, state: { not: 'REMOVED' } } })
      if (others >= MOST_WEBHOOKS) throw new InvalidInput([{ field: 'id', code: 'TOO_MANY', limit: MOST_WEBHOOKS }])
      const { epoch, seq } = await placeIn(unit, 'after', after)
      const webhook = await transaction.webhook.create({
        data: {
          id: mintedId(viewer, id),
          collaborationId: viewer.collaborationId,
          partyId: viewer.partyId,
          madeById: viewer.memberId,
          keyId,
          name,
          url,
          document,
          secretMark: secrets.mark,
          epoch,
          seq,
        },
      })
      await unit.record('webhook.made', webhook, { name: { from: null, to: name }, url: { from: null, to: url } })
      return { id: webhook.id, secret: secrets.secretOf(webhook.id, webhook.generation) }
    })
  }

  /**
   * Calls it something else, sends it elsewhere or asks something else. One that is sent to is tried at once; one that is not stays so until
   * it is resumed.
   */
  edit(viewer: Viewer, act: Act, id: string, baseVersion: number, wanted: Partial<Edited>): Promise<string> {
    return this.#change(viewer, act, id, 'webhook.edited', async (before, unit) => {
      const changes = differences(before, { ...before, ...wanted })
      await assertNoConflict(unit, before, baseVersion, changes)
      if (Object.keys(changes).length === 0) throw new Unchanged(id)
      if (!('url' in changes || 'document' in changes)) return wanted
      // As when it is made: nothing is saved that could never be sent.
      if (!(await this.#holds(unit, before.keyId))) throw new NotAllowed('STATE')
      return { ...wanted, attempts: 0, failingSince: null, nextAttemptAt: null }
    })
  }

  /** Sends nothing until it is resumed; where it stands is kept. */
  pause(viewer: Viewer, act: Act, id: string): Promise<string> {
    return this.#change(viewer, act, id, 'webhook.paused', ({ state }) => {
      if (state === 'PAUSED') throw new Unchanged(id)
      if (state === 'STOPPED') throw new NotAllowed('STATE')
      return { state: 'PAUSED' }
    })
  }

  /** Goes on where it stood, whoever stopped it; what did not go is tried at once. */
  resume(viewer: Viewer, act: Act, id: string): Promise<string> {
    return this.#change(viewer, act, id, 'webhook.resumed', async ({ state, keyId, stop }, unit) => {
      if (state === 'ACTIVE') throw new Unchanged(id)
      // What it was stopped for would stop it again: another is made, with another key, or its secret is changed first.
      if (!(await this.#holds(unit, keyId)) || stop === 'SECRET_LOST') throw new NotAllowed('STATE')
      return { state: 'ACTIVE', stop: null, attempts: 0, failingSince: null, nextAttemptAt: null }
    })
  }

  /** Gives it another secret, which is shown this once. For a day it signs with the one before too. */
  async rotate(viewer: Viewer, act: Act, id: string): Promise<Shown> {
    const secrets = await this.#secrets()
    return this.#work.show(viewer, act, async (unit) => {
      const after = await change(unit, id, 'webhook.secret_changed', ({ generation, secretMark, state, stop }) => {
        const known = secrets.mark.equals(Buffer.from(secretMark))
        return {
          generation: generation + 1,
          // One that was derived from another secret of the hub's is lost, and nothing is signed with it any more.
          formerUntil: known ? new Date(Date.now() + OVERLAP_HOURS * 3_600_000) : null,
          secretMark: secrets.mark,
          ...(state === 'STOPPED' && stop === 'SECRET_LOST' ? { state: 'PAUSED' as const, stop: null } : {}),
        }
      })
      return { id, secret: secrets.secretOf(id, after.generation) }
    })
  }

  /** Sends something that tells nothing, at once, whatever else waits. While one is on its way there is no second. */
  async test(viewer: Viewer, act: Act, id: string): Promise<string> {
    const done = await this.#change(viewer, act, id, 'webhook.tried', async ({ partyId, collaborationId }, unit) => {
      const trial = randomUUID()
      const data: WebhookJob = { webhook: id, party: partyId, collaboration: collaborationId, trial }
      await this.#jobs.put(unit.transaction, WEBHOOKS, [{ id: trial, singletonKey: `trial ${id}`, data, startAfter: new Date() }])
      return {}
    })
    this.#jobs.wake(WEBHOOKS)
    return done
  }

  /** Sends again what came after a place, up to another or to where it stands; under the same ids, and before what is yet to come. */
  replay(viewer: Viewer, act: Act, id: string, { after, until }: Range): Promise<string> {
    return this.#change(viewer, act, id, 'webhook.replayed', async ({ epoch, seq }, unit) => {
      const from = after === undefined ? { epoch, seq: await beginsAt(unit) } : await placeIn(unit, 'after', after)
      const to = until === undefined ? { epoch, seq } : await placeIn(unit, 'until', until)
      if (from.epoch !== epoch || to.epoch !== epoch) throw new InvalidInput([{ field: 'after', code: 'UNKNOWN' }])
      const last = to.seq < seq ? to.seq : seq
      if (from.seq >= last) throw new Unchanged(id)
      return { replaySeq: from.seq, replayUntil: last, attempts: 0, failingSince: null, nextAttemptAt: null }
    })
  }

  /** For good. */
  remove(viewer: Viewer, act: Act, id: string): Promise<string> {
    return this.#change(viewer, act, id, 'webhook.removed', ({ state }) => {
      if (state === 'REMOVED') throw new Unchanged(id)
      return { state: 'REMOVED', stop: null }
    })
  }

  #change(viewer: Viewer, act: Act, id: string, kind: EventOfWebhook, decide: Decision): Promise<string> {
    return this.#work.run(viewer, act, async (unit) => (await change(unit, id, kind, decide)).id)
  }

  /** Whether the key is the own party's, and still opens anything. */
  async #holds({ transaction, viewer }: Unit, keyId: string): Promise<boolean> {
    const [found] = await transaction.$queryRaw<{ key: string }[]>`
      select alive.key from keys_alive(array[${keyId}::uuid]) alive join api_key on api_key.id = alive.key
      where api_key.party_id = ${viewer.partyId}::uuid`
    return found !== undefined
  }
}

type Decision = (before: Webhook, unit: Unit) => Partial<Webhook> | Promise<Partial<Webhook>>

/** Changes it while nobody else does, and says so. */
const change = async (unit: Unit, id: string, kind: EventOfWebhook, decide: Decision): Promise<Webhook> => {
  await unit.transaction.$queryRaw`select id from webhook where id = ${id}::uuid for update`
  const before = await unit.transaction.webhook.findUnique({ where: { id } })
  if (!before) throw new NotFound('id')
  may(webhookPolicy, unit.viewer, kind === 'webhook.removed' ? 'remove' : 'change', before)
  const { secretMark, ...changed } = await decide(before, unit)
  const after = await unit.transaction.webhook.update({
    where: { id },
    data: { ...changed, ...(secretMark && { secretMark: Buffer.from(secretMark) }), version: before.version + 1 },
  })
  await unit.record(kind, after, differences(before, after))
  return after
}

const differences = (from: Edited, to: Edited): Changes =>
  Object.fromEntries(
    EDITED.filter((field) => from[field] !== to[field]).map((field) => [field, { from: from[field], to: to[field] }]),
  )

/** The place after which the own party's stream begins: where its last archive ends. */
const beginsAt = async ({ transaction, viewer }: Unit): Promise<bigint> => {
  const { _max: archived } = await transaction.journalArchive.aggregate({
    where: { streamId: viewer.partyId },
    _max: { last: true },
  })
  return archived.last ?? 0n
}

/** A place in the own party's stream, as it now is. Without a cursor: where it ends. */
const placeIn = async (
  { transaction, viewer }: Unit,
  field: string,
  cursor: string | undefined,
): Promise<Pick<Cursor, 'epoch' | 'seq'>> => {
  const head = await transaction.streamHead.findUniqueOrThrow({ where: { streamId: viewer.partyId } })
  if (cursor === undefined) return { epoch: head.epoch, seq: head.seq }
  const place = decodeCursor(cursor)
  if (place?.streamId !== viewer.partyId || place.epoch !== head.epoch || place.seq > head.seq)
    throw new InvalidInput([{ field, code: 'UNKNOWN' }])
  return place
}
