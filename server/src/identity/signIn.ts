import { createHash } from 'node:crypto'
import type { Database } from '../data/database.ts'
import { networkOf } from './network.ts'
import { verifyPassword } from './passwords.ts'

/**
 * Guards: guessing is slow, tells nothing, and shuts nobody out.
 *
 * Of those who are not known, failures are counted for the account from that network, for the network, and for the account from
 * everywhere. After as many as are free, each must wait twice as long as the one before, up to a quarter of an hour. A browser in which
 * somebody has signed in before is known for that account (its cookie says so) and is counted for itself alone: whatever strangers do, its
 * owner comes in. From a browser that is not known only many strangers at once can make one wait. An unknown account is counted and
 * answered like a known one. What is tried counts as failed until it has succeeded, so that many at once are no way around.
 */
const FREE = { browser: 5, accountFromNetwork: 5, network: 50, account: 50 } as const
const LONGEST_WAIT_S = 15 * 60

export type SignIn =
  { readonly personId: string } | { readonly code: 'WRONG' } | { readonly code: 'SLOW'; readonly retryAfter: number }

export interface Attempt {
  readonly email: string
  readonly password: string
  readonly address: string
  /** The browser's own token, kept in a cookie of it. */
  readonly browser: string
}

export const signIn = async (database: Database, attempt: Attempt): Promise<SignIn> => {
  const email = asKept(attempt.email)
  const network = networkOf(attempt.address)
  const browser = subject('browser', attempt.browser, email)
  const [known] = await database.ask<{ known: boolean }>('select sign_in_known($1) as known', [browser])
  const own = known?.known
    ? [{ of: browser, free: FREE.browser }]
    : [{ of: subject('account', email, network), free: FREE.accountFromNetwork }]
  const shared = known?.known
    ? []
    : [
        { of: subject('network', network), free: FREE.network },
        { of: subject('account', email), free: FREE.account },
      ]
  const counted = [...own, ...shared]
  const [tried] = await database.ask<{ wait: number }>('select sign_in_try($1::bytea[], $2::int[], $3::int) as wait', [
    counted.map(({ of }) => of),
    counted.map(({ free }) => free),
    LONGEST_WAIT_S,
  ])
  if (!tried || tried.wait > 0) return { code: 'SLOW', retryAfter: tried?.wait ?? LONGEST_WAIT_S }

  const [credential] = await database.ask<{ person_id: string; password_hash: string }>(
    'select person_id, password_hash from credential_for($1)',
    [email],
  )
  const right = await verifyPassword(credential?.password_hash, attempt.password)
  if (!right || !credential) return { code: 'WRONG' }
  await database.ask('select sign_in_succeeded($1::bytea[], $2::bytea[], $3)', [
    own.map(({ of }) => of),
    shared.map(({ of }) => of),
    browser,
  ])
  return { personId: credential.person_id }
}

/** Whoever chose a password there has signed in there. */
export const knowBrowser = async (database: Database, email: string, browser: string): Promise<void> => {
  await database.ask(`select sign_in_succeeded('{}', '{}', $1)`, [subject('browser', browser, asKept(email))])
}

const asKept = (email: string): string => email.trim().toLowerCase()

const subject = (...parts: readonly string[]): Buffer<ArrayBuffer> =>
  Buffer.from(createHash('sha256').update(JSON.stringify(parts)).digest())
