import { LETTERS } from '@samsyn/prisma/engine/jobs'
import type { NotificationChannel } from '@samsyn/prisma/client'
import type { Logger } from 'pino'
import { own } from '../access/reads.ts'
import type { Viewer } from '../access/viewer.ts'
import type { Database, Transaction } from '../data/database.ts'
import { toGlobalId } from '../graph/globalId.ts'
import type { Jobs } from '../jobs/jobs.ts'
import { type Channel, type Envelope, Refused } from './channel.ts'
import { isTold, LETTER, type LetterData, type ReadAs, type Told } from './letter.document.ts'
import { findReceiver, type Seated } from './receivers.ts'
import { type Stopped, tokenOf } from './unsubscribe.ts'
import { readWeek } from './week/read.ts'

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

/** What the parties did in the seven days before. */
interface WeeklyJob {
  readonly member: string
  readonly until: string
}

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

  /** Takes on the weekly letters of the caller's party whose time has come. */
  async postWeekly(transaction: Transaction): Promise<void> {
    if (!this.#weekly) return
    const due = await transaction.$queryRaw<{ letter_id: string; member_id: string; due_at: Date }[]>`
      select letter_id, member_id, due_at from weeklies_take()`
    this.#posted ||= due.length > 0
    await this.#parts.jobs.put(
      transaction,
      LETTERS,
      due.map(({ letter_id: id, member_id: member, due_at: startAfter }) => ({
        id,
        data: { member, until: startAfter.toISOString() } satisfies WeeklyJob,
        startAfter,
      })),
    )
  }

  get #weekly(): Required<Channel> | undefined {
    return this.#parts.channels.find((channel): channel is Required<Channel> => channel.sendWeekly !== undefined)
  }

  /** What has been taken on is committed: it need not wait until somebody looks. */
  wake(): void {
    if (this.#posted) this.#parts.jobs.wake(LETTERS)
    this.#posted = false
  }

  async start(): Promise<void> {
    if (this.#channels.size === 0) return
    await this.#parts.jobs.start()
    await this.#parts.jobs.work<LetterJob | WeeklyJob>(LETTERS, ({ id, data }) =>
      'until' in data ? this.#deliverWeekly(id, data) : this.#deliver(id, data),
    )
  }

  async stop(): Promise<void> {
    if (this.#channels.size > 0) await this.#parts.jobs.stop()
    for (const channel of this.#channels.values()) channel.close()
  }

  async #deliver(letterId: string, { channel: name, member, digest }: LetterJob): Promise<void> {
    const { database } = this.#parts
    const channel = this.#channels.get(name)
    // A server with fewer settings than the one that took it on: another may have the channel.
    if (!channel) throw new Error(`this server has no channel ${name}`)
    const seated = await findReceiver(database, member)
    // Whoever sits there no longer: the database has taken it away already.
    if (!seated) return
    const { receiver, wants } = seated
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
      const envelope = this.#envelope(letterId, seated, name, digest ? 'ALL' : first.reason)
      if (!(await this.#hand(envelope, name, () => channel.send({ ...envelope, digest, told }))))
        return this.#note(viewer, name, ids, [])
    }
    const sent = new Set(told.map(({ id }) => id))
    await this.#note(
      viewer,
      name,
      ids,
      ids.filter((id) => sent.has(toGlobalId('Notification', id))),
    )
  }

  /** Nothing is kept of it: what happened is read when it goes, and nothing is sent of nothing. */
  async #deliverWeekly(letterId: string, { member, until }: WeeklyJob): Promise<void> {
    const channel = this.#weekly
    if (!channel) throw new Error('this server has no channel for a week')
    const seated = await findReceiver(this.#parts.database, member)
    if (!seated) return
    const { viewer } = seated.receiver
    const wanted = await this.#parts.database.read(viewer, (transaction) =>
      transaction.notificationSettings.count({ where: { AND: [own(viewer), { weeklyOn: { not: null } }] } }),
    )
    const parties = wanted > 0 ? await readWeek(this.#parts.readAs, viewer, new Date(until)) : []
    if (parties.length === 0) return
    const envelope = this.#envelope(letterId, seated, channel.name, 'WEEKLY')
    await this.#hand(envelope, channel.name, () => channel.sendWeekly({ ...envelope, parties }))
  }

  #envelope(id: string, { receiver, key }: Seated, channel: NotificationChannel, what: Stopped): Envelope {
    const origin = this.#parts.origin()
    const token = tokenOf({ memberId: receiver.viewer.memberId, channel, what }, key)
    return { id, receiver, origin, unsubscribe: `${origin}/unsubscribe?${new URLSearchParams({ token })}` }
  }

  /** False when it was refused for good. */
  async #hand({ id, receiver }: Envelope, channel: NotificationChannel, send: () => Promise<void>): Promise<boolean> {
    try {
      await send()
      return true
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      const { memberId: member } = receiver.viewer
      this.#parts.log.warn({ err: error, letter: id, channel, member }, 'a letter was refused for good')
      return false
    }
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
