import { createHmac } from 'node:crypto'
import pg from 'pg'
import { changeUrl, withClient } from './databases.ts'
import { scramVerifier } from './scram.ts'

// Three roles. The owner (of DATABASE_URL) migrates and owns the tables. `samsyn_app` is what the server runs as: it owns
// nothing and no policy lets it by. `samsyn_sealer` cannot log in and owns the few SECURITY DEFINER functions.
//
// The application's password is derived from the owner's, so that every server with the same DATABASE_URL knows it and
// there is no second secret to keep. Where roles are handed out, DATABASE_APP_URL names the application's instead.

export const APPLICATION = 'samsyn_app'
export const SEALER = 'samsyn_sealer'
const LOCK = 0x53616d01

type State = { version: number; superuser: boolean; application: boolean; sealer: boolean; becomes_sealer: boolean }

const readState = async (client: pg.Client): Promise<State> => {
  const { rows } = await client.query<State>(
    `select current_setting('server_version_num')::int as version,
       (select rolsuper from pg_roles where rolname = current_user) as superuser,
       exists (select from pg_roles where rolname = '${APPLICATION}') as application,
       exists (select from pg_roles where rolname = '${SEALER}') as sealer,
       coalesce((select pg_has_role(current_user, oid, 'USAGE') and pg_has_role(current_user, oid,
           case when current_setting('server_version_num')::int >= 160000 then 'SET' else 'MEMBER' end)
         from pg_roles where rolname = '${SEALER}'), false) as becomes_sealer`,
  )
  const [state] = rows
  if (!state) throw new Error('The database did not answer')
  if (state.version < 150000) throw new Error(`PostgreSQL 15 or later is needed; this is ${Math.floor(state.version / 10000)}`)
  return state
}

const ensure = async (client: pg.Client, password: string | undefined): Promise<void> => {
  const state = await readState(client)
  if (!state.application && password !== undefined) {
    await client.query(`create role ${APPLICATION} login noinherit password ${pg.escapeLiteral(scramVerifier(password))}`)
  } else if (!state.application) {
    throw new Error(`The role ${APPLICATION} is missing: have it created, with a login, as DATABASE_APP_URL is given`)
  }
  if (!state.sealer) await client.query(`create role ${SEALER} nologin noinherit`)
  if (state.becomes_sealer) return
  // To give functions away to it (set) and still grant or replace them (inherit), as membership meant before 16.
  const options = state.version >= 160000 ? 'with inherit true, set true' : ''
  await client.query(`grant ${SEALER} to current_user ${options}`)
}

const code = (error: unknown) => (error instanceof Error && 'code' in error ? error.code : undefined)

/**
 * Roles belong to the whole server, advisory locks to one database: migrations of two databases can meet here. The loser
 * of such a meeting looks again at what is now there.
 */
const agreeing = async (client: pg.Client, work: () => Promise<void>, rounds = 10): Promise<void> => {
  try {
    await client.query('begin')
    await work()
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    const met = code(error) === '42710' || code(error) === '23505' || /tuple concurrently/.test(String(error))
    if (!met || rounds === 0) throw error
    await agreeing(client, work, rounds - 1)
  }
}

const REFUSED = '42501'

/** What an administrator does where the owner may not make roles. */
const instruct = (error: unknown, owner: string): unknown =>
  code(error) !== REFUSED
    ? error
    : new Error(
        `The owner may not make the roles (${error instanceof Error ? error.message : error}). Have an administrator run:
  create role ${APPLICATION} login noinherit password '…';
  create role ${SEALER} nologin noinherit;
  grant ${SEALER} to ${pg.escapeIdentifier(owner)};
and start with DATABASE_APP_URL naming ${APPLICATION} and its password.`,
        { cause: error },
      )

/** Connects as the application and refuses a role that could read past the policies. */
const verify = async (applicationUrl: string): Promise<void> => {
  const { rows } = await withClient(applicationUrl, (client) =>
    client.query<{ who: string; strong: boolean; owner: boolean; member: boolean }>(
      `select current_user as who, rolsuper or rolbypassrls as strong,
         pg_has_role(current_user, (select datdba from pg_database where datname = current_database()), 'MEMBER') as owner,
         pg_has_role(current_user, '${APPLICATION}', 'USAGE') as member
       from pg_roles where rolname = current_user`,
    ),
  )
  const role = rows[0]
  if (!role || role.strong || role.owner)
    throw new Error(
      `The role ${role?.who} may not be the application's: it owns the database, is superuser or bypasses row-level security`,
    )
  if (!role.member)
    throw new Error(`The role ${role.who} has not the rights of ${APPLICATION}: grant ${APPLICATION} to it, with inheritance`)
}

const WRONG_PASSWORD = '28P01'

const renewPassword = async (client: pg.Client, password: string): Promise<void> => {
  const renew = `alter role ${APPLICATION} password ${pg.escapeLiteral(scramVerifier(password))}`
  try {
    await agreeing(client, async () => void (await client.query(renew)))
  } catch (error) {
    if (code(error) !== REFUSED) throw error
    const message = `The role ${APPLICATION} was given a password that the owner may not change: set DATABASE_APP_URL to its address`
    throw new Error(message, { cause: error })
  }
}

export const ensureRoles = async (
  ownerUrl: string,
  given: { applicationUrl?: string | undefined } = {},
): Promise<{ applicationUrl: string }> =>
  withClient(ownerUrl, async (client) => {
    const secret = decodeURIComponent(new URL(ownerUrl).password)
    if (!given.applicationUrl && !secret)
      throw new Error("DATABASE_URL carries no password to derive the application's from: set DATABASE_APP_URL")
    const password = given.applicationUrl
      ? undefined
      : createHmac('sha256', secret).update('samsyn application role').digest('base64url')
    const applicationUrl = given.applicationUrl ?? changeUrl(ownerUrl, { user: APPLICATION, password: password ?? '' })

    await client.query('select pg_advisory_lock($1)', [LOCK])
    await agreeing(client, () => ensure(client, password)).catch((error: unknown) => {
      throw instruct(error, decodeURIComponent(new URL(ownerUrl).username))
    })
    try {
      await verify(applicationUrl)
    } catch (error) {
      // The owner's password has changed, and the derived one with it.
      if (code(error) !== WRONG_PASSWORD || password === undefined) throw error
      await renewPassword(client, password)
      await verify(applicationUrl)
    }
    return { applicationUrl }
  })
