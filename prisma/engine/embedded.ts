import { execFile } from 'node:child_process'
import { createHmac, randomBytes } from 'node:crypto'
import {
  accessSync,
  constants,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import { account, give, programs, reachableParent, type Account } from './binaries.ts'
import { withClient } from './databases.ts'
import { exclusive, shared, tryExclusive, withLock } from './file-lock.ts'
import { findPostmaster, startPostmaster, stopPostmaster, type Postmaster } from './postmaster.ts'
import type { Log } from './project.ts'

// A real PostgreSQL under `<dataDir>/postgres`, without installing one.
//
// Any number of processes may use a folder at once. Two locks that die with their holder keep order: `postgres.lock` is
// held while somebody starts or stops, so that two starts make one server; `postgres.users` is shared by all who use it,
// so that the last one out, and nobody else, stops the server. A server whose users were killed is adopted by the next; a server that is
// killed under its users is started again by one that keeps it, on the port that all of them know.

export type Embedded = { url: string; adopted: boolean; stop: () => Promise<void> }
export type Settings = Record<string, string | number>

const SUPERUSER = 'postgres'
const OWNER = 'samsyn_owner'
const DATABASE = 'samsyn'
const MAJOR = '18'

/** How often one who keeps the server looks whether it lives. */
const LOOK_MS = 500

const settingsAlways: Settings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '', // No door that others on the machine could stand behind.
  max_connections: 200,
  shared_buffers: '128MB',
  timezone: 'UTC',
  log_timezone: 'UTC',
  jit: 'off', // Our queries are short; compiling them costs more than it gives.
  log_line_prefix: '%m [%p] %q%u@%d ',
}

const derive = (secret: string, label: string) => createHmac('sha256', secret).update(label).digest('base64url')

const readSecret = (file: string, data: string): string => {
  if (!existsSync(file)) {
    if (existsSync(data)) throw new Error(`${file} is missing, and without it nobody can sign in to the database in ${data}`)
    writeFileSync(file, randomBytes(32).toString('base64url'), { mode: 0o600 })
  }
  return readFileSync(file, 'utf8').trim()
}

/** Makes the cluster beside its place and moves it there when complete, so that a killed first start leaves nothing half-made. */
const initialise = async (initdb: string, who: Account, dataDir: string, secret: string): Promise<void> => {
  const place = join(dataDir, 'postgres')
  // A link whose target is gone says nothing any more.
  if (lstatSync(place, { throwIfNoEntry: false })?.isSymbolicLink()) rmSync(place)
  const parent = reachableParent(who, dataDir)
  const part = join(parent, 'postgres.new')
  const passwordFile = join(parent, 'postgres.password')
  rmSync(part, { recursive: true, force: true })
  mkdirSync(part, { mode: 0o700 })
  writeFileSync(passwordFile, secret, { mode: 0o600 })
  try {
    give(who, part)
    give(who, passwordFile)
    const options = [
      '--encoding=UTF8',
      '--locale=C.UTF-8',
      '--locale-provider=builtin',
      '--auth=scram-sha-256',
      `--username=${SUPERUSER}`,
    ]
    const env = { PATH: process.env.PATH, LC_ALL: 'C.UTF-8', TZ: 'UTC' }
    await promisify(execFile)(initdb, ['-D', part, `--pwfile=${passwordFile}`, ...options], { ...who, cwd: part, env })
  } finally {
    rmSync(passwordFile, { force: true })
  }
  renameSync(part, join(parent, 'postgres'))
  if (parent !== dataDir) symlinkSync(join(parent, 'postgres'), place)
}

const superuser = (port: number, secret: string, database = 'postgres'): pg.ClientConfig => ({
  host: '127.0.0.1',
  port,
  user: SUPERUSER,
  password: secret,
  database,
  ssl: false,
  connectionTimeoutMillis: 3_000,
})

/** True when the server answers on this very folder. One that is still recovering is waited for. */
const answers = async ({ port }: Postmaster, folder: string, secret: string): Promise<boolean> => {
  const patience = performance.now() + 3_000
  for (;;) {
    try {
      const { rows } = await withClient(superuser(port, secret), (client) =>
        client.query<{ data_directory: string }>('show data_directory'),
      )
      return rows[0]?.data_directory === folder
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined
      if (code === '28P01')
        throw new Error(`The server on ${folder} does not accept the password in postgres.secret`, { cause: error })
      const [startingUp, patient] = [code === '57P03', performance.now() < patience]
      if (!startingUp && !(code === 'ECONNREFUSED' && patient)) return false
      if (!(await findPostmaster(folder))) return false
      await new Promise<void>((done) => void setTimeout(done, 30))
    }
  }
}

const adopt = async (folder: string, secret: string, log: Log): Promise<Postmaster | undefined> => {
  const found = await findPostmaster(folder)
  if (!found) return undefined
  if (await answers(found, folder, secret)) return found
  log(`The PostgreSQL server on ${folder} (process ${found.pid}) does not answer and is stopped`)
  await stopPostmaster(found, folder, false)
  return undefined
}

const ensureOwner = (port: number, secret: string, password: string) =>
  withClient(superuser(port, secret), async (client) => {
    const { rowCount: owner } = await client.query('select from pg_roles where rolname = $1', [OWNER])
    if (!owner) await client.query(`create role ${OWNER} login createrole createdb password ${pg.escapeLiteral(password)}`)
    const { rowCount: database } = await client.query('select from pg_database where datname = $1', [DATABASE])
    if (!database) await client.query(`create database ${DATABASE} owner ${OWNER}`)
  })

export const startEmbedded = async (options: {
  dataDir: string
  log?: Log
  settings?: Settings
  /** Starts it again when it is killed, until `stop`. */
  keep?: boolean
}): Promise<Embedded> => {
  const { log = () => undefined, settings = {}, keep = false } = options
  mkdirSync(options.dataDir, { recursive: true, mode: 0o700 })
  const dataDir = realpathSync(resolve(options.dataDir))
  try {
    accessSync(dataDir, constants.R_OK | constants.W_OK)
  } catch (error) {
    throw new Error(`${dataDir} belongs to another user: start as that user, or name another DATA_DIR`, { cause: error })
  }
  const [lockFile, usersFile, data] = [join(dataDir, 'postgres.lock'), join(dataDir, 'postgres.users'), join(dataDir, 'postgres')]

  const start = async (port?: number) => {
    const who = account(data)
    const secret = readSecret(join(dataDir, 'postgres.secret'), data)
    const { postgres, initdb } = await programs(who)
    if (!existsSync(join(data, 'PG_VERSION'))) await initialise(initdb, who, dataDir, secret)
    const folder = realpathSync(data)
    const version = readFileSync(join(folder, 'PG_VERSION'), 'utf8').trim()
    if (version !== MAJOR)
      throw new Error(`${folder} was made by PostgreSQL ${version}; this release brings ${MAJOR}. Restore from a backup.`)

    const running = await adopt(folder, secret, log)
    const logFile = join(dataDir, 'postgres.log')
    const server =
      running ?? (await startPostmaster({ postgres, who, folder, logFile, settings: { ...settingsAlways, ...settings }, port }))
    const password = derive(secret, 'samsyn owner')
    await ensureOwner(server.port, secret, password)
    log(`PostgreSQL ${running ? 'was already running' : 'started'} on 127.0.0.1:${server.port}`)
    return {
      folder,
      port: server.port,
      adopted: running !== undefined,
      url: `postgresql://${OWNER}:${password}@127.0.0.1:${server.port}/${DATABASE}`,
    }
  }

  const begin = async () => ({ ...(await start()), users: await shared(usersFile) })
  const { folder, port, users, adopted, url } = await withLock(lockFile, begin)

  let left: Promise<void> | undefined
  let healing: Promise<unknown> = Promise.resolve()
  const heal = async () => {
    if (await findPostmaster(folder)) return
    await withLock(lockFile, () => start(port)).catch((error: unknown) => log(`PostgreSQL could not be started again: ${error}`))
  }
  const look = () => {
    healing = heal().finally(() => {
      // Nothing is returned: whoever leaves waits for this, and would be waited for in turn.
      if (!left) timer = setTimeout(look, LOOK_MS).unref()
    })
  }
  let timer = keep ? setTimeout(look, LOOK_MS).unref() : undefined

  const leave = async () => {
    clearTimeout(timer)
    await healing
    const lock = await exclusive(lockFile)
    users.release()
    const last = tryExclusive(usersFile)
    try {
      const server = last && (await findPostmaster(folder))
      if (server) await stopPostmaster(server, folder)
    } finally {
      last?.release()
      lock.release()
    }
  }
  return { url, adopted, stop: () => (left ??= leave()) }
}
