import type { Webhook } from '@samsyn/prisma/client'
import { WEBHOOKS } from '@samsyn/prisma/engine/jobs'
import { type DocumentNode, GraphQLError, type GraphQLSchema } from 'graphql'
import { randomUUID } from 'node:crypto'
import type { Logger } from 'pino'
import { SLICES, slicesOf } from '../access/slices.ts'
import type { Actor } from '../access/viewer.ts'
import type { Database } from '../data/database.ts'
import { TryAgain } from '../data/failures.ts'
import { type BaseContext, tellAs } from '../graph/execution.ts'
import { NotAllowed } from '../graph/failures.ts'
import type { Jobs } from '../jobs/jobs.ts'
import type { ChangeBatch, Resync } from '../journal/changes.ts'
import { encodeCursor } from '../journal/cursor.ts'
import type { Relay } from '../journal/relay.ts'
import type { Programs } from '../keys/programs.ts'
import type { Allowance } from '../limits/allowance.ts'
import { costOfOne } from '../limits/cost.ts'
import type { OperationLimits } from '../limits/limits.ts'
import type { Addresses } from './address.ts'
import { Deliveries, generationsOf, type Message, messageId, type Place, placeOf, type WebhookWithKey } from './delivery.ts'
import { readDocument } from './document.ts'
import type { WebhookSecrets } from './secret.ts'
import { type Outcome, send } from './send.ts'

/**
 * Guards: each entry of a party's stream that its webhook's document asks for is sent at least once, under one id, in the stream's
 * order, and says no more than the webhook's key may read as it is sent.
 *
 * A webhook follows the stream from a place of its own: the third transport of one cursor. Whoever hears the bell, or looks every two
 * seconds, puts a job in for each webhook that has something to come; a queue that admits one job for each of them at a time sees to it
 * that one server has it in hand. It executes the document for the next entry, sends what that was answered, writes down how it went, and goes on.
 * What is not taken is tried again, and what comes after it waits.
 */
export interface WebhookJob {
  readonly webhook: string
  readonly party: string
  readonly collaboration: string
  /** Of a trial: the id that it is sent under. */
  readonly trial?: string
}

interface Parts {
  readonly database: Database
  readonly relay: Relay
  readonly jobs: Jobs
  readonly programs: Programs
  readonly addresses: Addresses
  readonly openSecrets: () => Promise<WebhookSecrets>
  readonly schema: GraphQLSchema
  readonly limits: OperationLimits
  /** From which each execution is taken, as if its key had asked. */
  readonly allowance: Allowance
  /** As the party and nobody of it, with the slices of the key: whom a program with the key reads as. */
  readonly baseOf: (viewer: Actor) => BaseContext
  readonly log: Logger
  readonly now?: () => Date
}

const LOOK_MS = 2_000
const GATHER_MS = 40
/** A job gives way to others after so long; what is left is found at the next look. */
const TURN_MS = 45_000
/** How many receivers a server waits for at once. */
const HANDS = 4

export class Courier {
  readonly #parts: Parts
  readonly #deliveries: Deliveries
  readonly #now: () => Date
  #secrets: WebhookSecrets | undefined
  #leave: (() => void) | undefined
  #looking: Promise<void> | undefined
  #again = false
  #stopped = false

  constructor(parts: Parts) {
    this.#parts = parts
    this.#now = parts.now ?? (() => new Date())
    this.#deliveries = new Deliveries(parts.database, this.#now)
  }

  async start(): Promise<void> {
    const { jobs, relay, openSecrets } = this.#parts
    this.#secrets = await openSecrets()
    await jobs.start()
    await jobs.work<WebhookJob>(WEBHOOKS, ({ data }) => this.#serve(data), HANDS)
    let gathering: NodeJS.Timeout | undefined
    const leave = relay.onRing(() => {
      gathering ??= setTimeout(() => {
        gathering = undefined
        this.#look()
      }, GATHER_MS)
    })
    const poll = setInterval(() => this.#look(), LOOK_MS)
    poll.unref()
    this.#leave = () => {
      leave()
      clearTimeout(gathering)
      clearInterval(poll)
    }
    this.#look()
  }

  async stop(): Promise<void> {
    this.#stopped = true
    this.#leave?.()
    await this.#looking
    await this.#parts.jobs.stop()
  }

  #look(): void {
    this.#again = true
    this.#looking ??= this.#put().finally(() => (this.#looking = undefined))
  }

  /** A job for each that has something to come; for one that has a job already there is no second. */
  async #put(): Promise<void> {
    const { database, jobs, log } = this.#parts
    try {
      while (this.#again && !this.#stopped) {
        this.#again = false
        const due = await database.ask<{ webhook_id: string; party_id: string; collaboration_id: string }>(
          'select webhook_id, party_id, collaboration_id from webhooks_due()',
        )
        if (due.length === 0) continue
        await database.write(undefined, (transaction) =>
          jobs.put<WebhookJob>(
            transaction,
            WEBHOOKS,
            due.map(({ webhook_id: webhook, party_id: party, collaboration_id: collaboration }) => ({
              id: randomUUID(),
              singletonKey: webhook,
              data: { webhook, party, collaboration },
              startAfter: this.#now(),
            })),
          ),
        )
        jobs.wake(WEBHOOKS)
      }
    } catch (error) {
      // Nothing is lost: the next look finds the same.
      if (!this.#stopped && !(error instanceof TryAgain)) log.error({ err: error }, 'could not look for webhooks')
    }
  }

  async #serve({ webhook, party, collaboration, trial }: WebhookJob): Promise<void> {
    const viewer: Actor = { memberId: undefined, partyId: party, collaborationId: collaboration, roles: [], slices: SLICES }
    if (trial !== undefined) return this.#try(viewer, webhook, trial)
    const until = performance.now() + TURN_MS
    while (!this.#stopped && performance.now() < until && (await this.#next(viewer, webhook)));
  }

  /** The next entry for which the document says something. False when there is none, or it is not the time. */
  async #next(viewer: Actor, id: string): Promise<boolean> {
    const { programs, schema, limits, allowance } = this.#parts
    const webhook = await this.#deliveries.find(viewer, id)
    if (webhook?.state !== 'ACTIVE' || (webhook.nextAttemptAt && webhook.nextAttemptAt > this.#now())) return false
    if (!(await programs.holds(webhook.keyId))) return this.#stop(viewer, id, 'KEY_ENDED')
    if (!this.#isOurs(webhook)) return this.#stop(viewer, id, 'SECRET_LOST')
    const document = readDocument(schema, webhook.document, limits)
    const cost = costOfOne({ schema, document, operationName: undefined, variables: undefined })
    const grant = allowance.take(webhook.keyId, cost)
    if (!grant.granted) return this.#wait(viewer, webhook, grant.retryAfter)
    const from = placeOf(webhook)
    const { found, data } = await this.#read(viewer, webhook, document, from)
    const to: Place = { epoch: found.cursor.epoch, seq: found.cursor.seq }
    const message = messageOf(webhook, found, this.#now())
    if (!message || data === null) {
      if (to.epoch === from.epoch && to.seq === from.seq && webhook.replaySeq === null) return false
      return this.#deliveries.pass(viewer, webhook, to)
    }
    const outcome = await this.#send(webhook, message, data)
    if (!outcome.problem) return this.#deliveries.taken(viewer, webhook, to, message, outcome)
    await this.#deliveries.failed(viewer, webhook, to, message, outcome)
    return false
  }

  /** Its key has nothing left to spend for now: that is nobody's failure. */
  async #wait(viewer: Actor, webhook: Webhook, retryAfter: number): Promise<false> {
    await this.#deliveries.wait(viewer, webhook, new Date(this.#now().getTime() + retryAfter))
    return false
  }

  /** What the journal has there, and what the document was answered of it; null when it was refused. */
  async #read(viewer: Actor, { partyId, id, key }: WebhookWithKey, document: DocumentNode, { epoch, seq }: Place) {
    let read: ChangeBatch | Resync | undefined
    const cursor = encodeCursor({ streamId: partyId, epoch, seq })
    const { schema, baseOf } = this.#parts
    const position = { cursor, first: 1, read: (told: ChangeBatch | Resync) => (read = told) }
    const result = await tellAs(schema, document, position, baseOf({ ...viewer, slices: slicesOf(key.slices) }))
    const found = read as ChangeBatch | Resync | undefined
    const surprise = result.errors?.find(({ originalError }) => originalError && !isRefusal(originalError))
    if (!found || surprise) throw surprise ?? result.errors?.[0] ?? new Error(`webhook ${id} could not be executed`)
    return { found, data: result.errors ? null : (result.data ?? null) }
  }

  async #try(viewer: Actor, id: string, trial: string): Promise<void> {
    const webhook = await this.#deliveries.find(viewer, id)
    if (!webhook || webhook.state === 'REMOVED' || !this.#isOurs(webhook)) return
    const message: Message = { id: messageId(id, trial), kind: 'webhook.test', at: this.#now() }
    await this.#deliveries.tried(viewer, webhook, message, await this.#send(webhook, message, {}))
  }

  #send(webhook: Webhook, { id, kind, at }: Message, data: unknown): Promise<Outcome> {
    const timestamp = Math.floor(this.#now().getTime() / 1000)
    const body = JSON.stringify({ type: kind, timestamp: at.toISOString(), data })
    const signature = this.#opened.sign(webhook.id, generationsOf(webhook, this.#now()), { id, timestamp, body })
    const headers = {
      'content-type': 'application/json',
      'user-agent': 'Samsyn-Webhooks',
      'webhook-id': id,
      'webhook-timestamp': String(timestamp),
      'webhook-signature': signature,
    }
    return send({ url: webhook.url, body, headers }, this.#parts.addresses)
  }

  async #stop(viewer: Actor, id: string, reason: 'KEY_ENDED' | 'SECRET_LOST'): Promise<false> {
    await this.#deliveries.stop(viewer, id, reason)
    return false
  }

  /** Whether this hub's secret is the one that the webhook's are derived from. */
  #isOurs({ secretMark }: Webhook): boolean {
    return this.#opened.mark.equals(Buffer.from(secretMark))
  }

  get #opened(): WebhookSecrets {
    if (!this.#secrets) throw new Error('the secret of webhooks has not been opened')
    return this.#secrets
  }
}

const isRefusal = (error: Error): boolean => error instanceof GraphQLError || error instanceof NotAllowed

/** What is told at that place; undefined when there is nothing, or nothing that the document's filter lets through. */
const messageOf = ({ id }: Webhook, found: ChangeBatch | Resync, now: Date): Message | undefined => {
  if (found.kind === 'resync') {
    const { epoch, seq } = found.cursor
    return { id: messageId(id, `resync ${epoch} ${seq}`), kind: 'journal.resync', at: now }
  }
  const [change] = found.changes
  return change && { id: messageId(id, change.id), kind: change.kind, at: change.at }
}
