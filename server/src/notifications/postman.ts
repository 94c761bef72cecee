import { LETTERS } from '@samsyn/prisma/engine/jobs'
import type { NotificationChannel } from '@samsyn/prisma/client'
import type { DocumentNode } from 'graphql'
import type { Logger } from 'pino'
import { own } from '../access/reads.ts'
import type { Viewer } from '../access/viewer.ts'
import type { Database, Transaction } from '../data/database.ts'
import { toGlobalId } from '../graph/globalId.ts'
import type { Jobs } from '../jobs/jobs.ts'
import { type Channel, Refused } from './channel.ts'
import { isTold, LETTER, type LetterData, type Told } from './letter.document.ts'
import { findReceiver, type Seated } from './receivers.ts'
import { tokenOf } from './unsubscribe.ts'

/**
 * Guards: what leaves says no more than its receiver may read as it leaves, and leaves at least once, under one id.
 *
 * A letter is put in as a job by the transaction that makes the notifications in it. When it is due, the server looks who the
 * receiver now is, asks as them for what the letter holds, and sends what they may still read and have not read, with the same id
 * each time. Then it is noted as sent: who dies in between sends it again.
 */
export interface NewLetter {
  readonly letter_id: string
  readonly channel: NotificationChannel
  readonly member_id: string
  readonly due_at: Date
  /** Whether it holds all that gathers until then. */
  readonly digest: boolean
}

interface LetterJob {
  readonly channel: NotificationChannel
  readonly member: string
  readonly digest: boolean
}

/** A query like everybody's, as somebody who is not here. */
export type ReadAs = (viewer: Viewer, document: DocumentNode, variables: Record<string, unknown>) => Promise<unknown>

interface Parts {
  readonly database: Database
  readonly jobs: Jobs
  readonly channels: readonly Channel[]
  readonly readAs: ReadAs
  readonly origin: () => string
  readonly log: Logger
}

const PAGE = 100

export class Postman {
  readonly #parts: Parts
  readonly #channels: ReadonlyMap<NotificationChannel, Channel>
  #posted = false

  constructor(parts: Parts) {
    this.#parts = parts
    this.#channels = new Map(parts.channels.map((channel) => [channel.name, channel]))
  }

  /** By which channels this hub tells people. */
  get channels(): readonly NotificationChannel[] {
    return [...this.#channels.keys()]
  }

  /** Takes letters on, with the caller's transaction. */
  async post(transaction: Transaction, letters: readonly NewLetter[]): Promise<void> {
    const jobs = new Map(
      letters.map(({ letter_id: id, channel, member_id: member, due_at: startAfter, digest }) => [
        id,
        { id, data: { channel, member, digest } satisfies LetterJob, startAfter },
      ]),
    )
    this.#posted ||= jobs.size > 0
    await this.#parts.jobs.put(transaction, LETTERS, [...jobs.values()])
  }

  /** What has been taken on is committed: it need not wait until somebody looks. */
  wake(): void {
    if (this.#posted) this.#parts.jobs.wake(LETTERS)
    this.#posted = false
  }

  async start(): Promise<void> {
    if (this.#channels.size === 0) return
    await this.#parts.jobs.start()
    await this.#parts.jobs.work<LetterJob>(LETTERS, ({ id, data }) => this.#deliver(id, data))
  }

  async stop(): Promise<void> {
    if (this.#channels.size > 0) await this.#parts.jobs.stop()
    for (const channel of this.#channels.values()) channel.close()
  }

  async #deliver(letterId: string, { channel: name, member, digest }: LetterJob): Promise<void> {
    const { database, origin, log } = this.#parts
    const channel = this.#channels.get(name)
    // A server with fewer settings than the one that took it on: another may have the channel.
    if (!channel) throw new Error(`this server has no channel ${name}`)
    const seated = await findReceiver(database, member)
    // Whoever sits there no longer: the database has taken it away already.
    if (!seated) return
    const { receiver, key, wants } = seated
    const { viewer } = receiver
    const waiting = await database.read(viewer, (transaction) =>
      transaction.delivery.findMany({
        where: { letterId, channel: name, sentAt: null, readers: { has: member } },
        orderBy: [{ notification: { at: 'asc' } }, { notificationId: 'asc' }],
        select: { notificationId: true },
      }),
    )
    const ids = waiting.map(({ notificationId }) => notificationId)
    const told = (await this.#read(seated, ids)).filter(({ reason }) => wants[name].includes(reason))
    const [first] = told
    if (first) {
      const reason = digest ? undefined : first.reason
      const token = tokenOf({ memberId: member, channel: name, reason }, key)
      const unsubscribe = `${origin()}/unsubscribe?${new URLSearchParams({ token })}`
      try {
        await channel.send({ id: letterId, receiver, digest, told, origin: origin(), unsubscribe })
      } catch (error) {
        if (!(error instanceof Refused)) throw error
        log.warn({ err: error, letter: letterId, channel: name, member }, 'a letter was refused for good')
        return this.#note(viewer, name, ids, [])
      }
    }
    const sent = new Set(told.map(({ id }) => id))
    await this.#note(
      viewer,
      name,
      ids,
      ids.filter((id) => sent.has(toGlobalId('Notification', id))),
    )
  }

  /** What of it the receiver may still know, wants to know and does not know yet. */
  async #read({ receiver: { viewer } }: Seated, ids: readonly string[]): Promise<Told[]> {
    const told: Told[] = []
    for (let from = 0; from < ids.length; from += PAGE) {
      const page = ids.slice(from, from + PAGE).map((id) => toGlobalId('Notification', id))
      const { nodes } = (await this.#parts.readAs(viewer, LETTER, { ids: page })) as LetterData
      told.push(...nodes.filter(isTold))
    }
    if (told.length === 0) return told
    const mutes = await this.#parts.database.read(viewer, (transaction) => transaction.mute.findMany({ where: own(viewer) }))
    return told.filter(
      ({ reason, task, clause, proposal }) =>
        !mutes.some(
          (mute) =>
            mute.reason === reason ||
            (mute.taskId !== null && task?.id === toGlobalId('Task', mute.taskId)) ||
            (mute.clauseId !== null && clause?.id === toGlobalId('Clause', mute.clauseId)) ||
            (mute.proposalId !== null && proposal?.id === toGlobalId('Proposal', mute.proposalId)),
        ),
    )
  }

  /** Those that went are sent; the others of the letter are nobody's to send any more. */
  async #note(viewer: Viewer, channel: NotificationChannel, ids: readonly string[], sent: readonly string[]): Promise<void> {
    const left = ids.filter((id) => !sent.includes(id))
    await this.#parts.database.write(viewer, async (transaction) => {
      const those = (named: readonly string[]) => ({
        channel,
        notificationId: { in: [...named] },
        sentAt: null,
        readers: { has: viewer.memberId },
      })
      if (sent.length > 0) await transaction.delivery.updateMany({ where: those(sent), data: { sentAt: new Date() } })
      if (left.length > 0) await transaction.delivery.deleteMany({ where: those(left) })
    })
  }
}
