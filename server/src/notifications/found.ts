import type { NotificationChannel, NotificationReason } from '@samsyn/prisma/client'
import type { Transaction } from '../data/database.ts'
import type { NewLetter } from './postman.ts'
import type { ThreadId } from './thread.ts'

/** One member to be told of one thing. From an entry, or for the day on which a task falls due. */
export interface Found extends Partial<Record<ThreadId['kind'], string>> {
  readonly member: string
  readonly reason: NotificationReason
  readonly entry?: string
  readonly type: string
  readonly subject: string
  readonly due?: string
}

/**
 * Makes what was found and is not made yet; PostgreSQL sees to it that each is made once, and only for those who may know. Answers with
 * what is to be sent of it by these channels.
 */
export const make = async (
  transaction: Transaction,
  found: readonly Found[],
  channels: readonly NotificationChannel[],
): Promise<NewLetter[]> =>
  found.length === 0
    ? []
    : transaction.$queryRaw<NewLetter[]>`
        select letter_id, channel::text, member_id, due_at, digest
        from notifications_make(${JSON.stringify(found)}::jsonb, ${[...channels]}::text[]::"NotificationChannel"[])`
