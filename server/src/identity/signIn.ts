import { createHash } from 'node:crypto'
import type { Database } from '../data/database.ts'
import { verifyPassword } from './passwords.ts'

/**
 * Guards: guessing is slow, and tells nothing.
 *
 * Failures are counted per account and per address. From the fifth on, each must wait twice as long as the one before, up
 * to a quarter of an hour. An unknown account is counted and answered like a known one.
 */
const FREE_FAILURES: Readonly<Record<'account' | 'address', number>> = { account: 5, address: 20 }
const LONGEST_WAIT_S = 15 * 60

export type SignIn =
  { readonly personId: string } | { readonly code: 'WRONG' } | { readonly code: 'SLOW'; readonly retryAfter: number }

export const signIn = async (
  database: Database,
  attempt: { email: string; password: string; address: string },
): Promise<SignIn> => {
  const email = attempt.email.trim().toLowerCase()
  const account = subject(`account:${email}`)
  const address = subject(`address:${attempt.address}`)

  const look = async (of: Buffer<ArrayBuffer>, free: number) => {
    const [row] = await database.ask<{ count: number; last_at: Date }>(
      'select count, last_at from sign_in_failures($1::bytea[])',
      [[of]],
    )
    if (!row || row.count < free) return 0
    const pause = Math.min(2 ** (row.count - free), LONGEST_WAIT_S)
    return Math.ceil(pause - (Date.now() - row.last_at.getTime()) / 1_000)
  }
  const wait = Math.max(await look(account, FREE_FAILURES.account), await look(address, FREE_FAILURES.address))
  if (wait > 0) return { code: 'SLOW', retryAfter: wait }

  const [credential] = await database.ask<{ person_id: string; password_hash: string }>(
    'select person_id, password_hash from credential_for($1)',
    [email],
  )
  const right = await verifyPassword(credential?.password_hash, attempt.password)
  if (!right || !credential) {
    await database.ask('select sign_in_failed($1::bytea[])', [[account, address]])
    return { code: 'WRONG' }
  }
  await database.ask('select sign_in_succeeded($1::bytea[])', [[account]])
  return { personId: credential.person_id }
}

const subject = (text: string): Buffer<ArrayBuffer> => Buffer.from(createHash('sha256').update(text).digest())
