import type { ApiKey, Webhook, WebhookStop } from '@samsyn/prisma/client'
import { createHash, randomUUID } from 'node:crypto'
import type { Actor } from '../access/viewer.ts'
import type { Database, Transaction } from '../data/database.ts'
import { Unit } from '../journal/work.ts'
import { delayAfter, PATIENCE_MS } from './backOff.ts'
import type { Outcome } from './send.ts'

/**
 * Guards: what has become of an attempt, and where the webhook then stands, are written together, and only by whoever had it in hand.
 *
 * A webhook stands at a place and moves from there to the next. A server that was away for so long that another took over finds the
 * webhook elsewhere, and writes nothing.
 */
export interface Message {
  /** `webhook-id`: the same for this entry and this webhook, however often it is sent. */
  readonly id: string
  readonly kind: string
  readonly at: Date
}

/** Where the next is read: of a replay, while there is one. */
export interface Place {
  readonly epoch: number
  readonly seq: bigint
}

export const placeOf = ({ epoch, seq, replaySeq }: Webhook): Place => ({ epoch, seq: replaySeq ?? seq })

/** No dot in it: what is signed is put together with dots. */
export const messageId = (webhookId: string, what: string): string =>
  `msg_${createHash('sha256').update(`${webhookId} ${what}`).digest('base64url').slice(0, 27)}`

/** Which secrets hold: for a while after a change, the one before too. */
export const generationsOf = ({ generation, formerUntil }: Webhook, now: Date): number[] =>
  formerUntil && formerUntil > now ? [generation, generation - 1] : [generation]

/** How many attempts of each webhook are kept, and for how long. */
const MOST_KEPT = 200
const KEPT_DAYS = 30

/** A webhook, and what is read with its key. */
export type WebhookWithKey = Webhook & { readonly key: Pick<ApiKey, 'slices'> }

export class Deliveries {
  readonly #database: Database
  readonly #now: () => Date

  constructor(database: Database, now: () => Date) {
    this.#database = database
    this.#now = now
  }

  find(viewer: Actor, id: string): Promise<WebhookWithKey | null> {
    return this.#database.read(viewer, (transaction) =>
      transaction.webhook.findUnique({ where: { id }, include: { key: { select: { slices: true } } } }),
    )
  }

  /** Nothing was to be sent of what lies between. False when somebody else has moved the webhook. */
  pass(viewer: Actor, webhook: Webhook, to: Place): Promise<boolean> {
    return this.#database.write(viewer, (transaction) => this.#move(transaction, webhook, to, {}))
  }

  /** It was taken. */
  taken(viewer: Actor, webhook: Webhook, to: Place, message: Message, outcome: Outcome): Promise<boolean> {
    return this.#database.write(viewer, async (transaction) => {
      await this.#note(transaction, webhook, to, message, outcome)
      const well = { attempts: 0, failingSince: null, nextAttemptAt: null, deliveredAt: this.#now() }
      return this.#move(transaction, webhook, to, well)
    })
  }

  /** It was not: later again, unless that has been so for three days. */
  async failed(viewer: Actor, webhook: Webhook, at: Place, message: Message, outcome: Outcome): Promise<void> {
    const now = this.#now()
    const [attempts, failingSince] = [webhook.attempts + 1, webhook.failingSince ?? now]
    await this.#database.write(viewer, async (transaction) => {
      await this.#note(transaction, webhook, at, message, outcome)
      const nextAttemptAt = new Date(now.getTime() + delayAfter(attempts, Math.random()))
      // What was answered elsewhere, or to something else, says nothing of what it has been changed to meanwhile.
      const { url, document } = webhook
      const moved = await this.#move(
        transaction,
        webhook,
        placeOf(webhook),
        { attempts, failingSince, nextAttemptAt },
        { url, document },
      )
      if (!moved) return
      if (outcome.status === 410) await this.#stop(transaction, viewer, webhook.id, 'GONE')
      else if (now.getTime() - failingSince.getTime() >= PATIENCE_MS) await this.#stop(transaction, viewer, webhook.id, 'FAILING')
    })
  }

  /** Nothing has been tried: it is looked at again then. */
  async wait(viewer: Actor, webhook: Webhook, until: Date): Promise<void> {
    await this.#database.write(viewer, (transaction) =>
      this.#move(transaction, webhook, placeOf(webhook), { nextAttemptAt: until }),
    )
  }

  /** A trial: it moves nothing. */
  async tried(viewer: Actor, webhook: Webhook, message: Message, outcome: Outcome): Promise<void> {
    await this.#database.write(viewer, (transaction) => this.#note(transaction, webhook, undefined, message, outcome))
  }

  async stop(viewer: Actor, id: string, reason: WebhookStop): Promise<void> {
    await this.#database.write(viewer, (transaction) => this.#stop(transaction, viewer, id, reason))
  }

  async #stop(transaction: Transaction, viewer: Actor, id: string, stop: WebhookStop): Promise<void> {
    await transaction.$queryRaw`select id from webhook where id = ${id}::uuid for update`
    const before = await transaction.webhook.findUnique({ where: { id } })
    if (before?.state !== 'ACTIVE') return
    const after = await transaction.webhook.update({
      where: { id },
      data: { state: 'STOPPED', stop, version: before.version + 1 },
    })
    await new Unit(transaction, viewer).record('webhook.stopped', after, { stop: { from: null, to: stop } })
  }

  /** From where it was found; a replay that has come to its end is over. */
  async #move(
    transaction: Transaction,
    webhook: Webhook,
    to: Place,
    data: object,
    still: Partial<Pick<Webhook, 'url' | 'document'>> = {},
  ): Promise<boolean> {
    const { id, epoch, seq, replaySeq, replayUntil } = webhook
    const replaying = replaySeq !== null && replayUntil !== null && to.epoch === epoch
    const over = replaying && to.seq >= replayUntil
    const place = replaying
      ? { replaySeq: over ? null : to.seq, replayUntil: over ? null : replayUntil }
      : { epoch: to.epoch, seq: to.seq, replaySeq: null, replayUntil: null }
    const { count } = await transaction.webhook.updateMany({
      where: { id, epoch, seq, replaySeq, replayUntil, ...still },
      data: { ...data, ...place },
    })
    return count === 1
  }

  async #note(
    transaction: Transaction,
    { id: webhookId, attempts }: Webhook,
    place: Place | undefined,
    { id, kind }: Message,
    { problem, status, durationMs, answer }: Outcome,
  ): Promise<void> {
    await transaction.webhookDelivery.create({
      data: {
        id: randomUUID(),
        webhookId,
        messageId: id,
        kind,
        epoch: place?.epoch ?? null,
        seq: place?.seq ?? null,
        attempt: place ? attempts + 1 : 1,
        at: this.#now(),
        problem: problem ?? null,
        status: status ?? null,
        durationMs,
        answer,
      },
    })
    await transaction.$executeRaw`
      delete from webhook_delivery where webhook_id = ${webhookId}::uuid and (at < now() - make_interval(days => ${KEPT_DAYS}::int)
        or id in (select id from webhook_delivery where webhook_id = ${webhookId}::uuid order by at desc, id desc offset ${MOST_KEPT}))`
  }
}
