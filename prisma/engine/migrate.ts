import { createHash } from 'node:crypto'
import { resolve } from 'node:path'
import type pg from 'pg'
import { command } from './command.ts'
import { withClient } from './databases.ts'
import { startEmbedded } from './embedded.ts'
import { prepareJobs } from './jobs.ts'
import { migrationsFolder, readMigrations, type Log, type Migration } from './project.ts'
import { ensureRoles } from './roles.ts'

// Brings a database up to prisma/migrations. Folder and bookkeeping (`_prisma_migrations`) are Prisma's own, so that
// `prisma migrate deploy` works on the same database.
//
// Each migration is one transaction, its "finished" mark included: whatever fails or is killed, a migration is applied and
// marked or neither, and one that is not marked can be tried again. (What cannot run in a transaction, such as CREATE INDEX
// CONCURRENTLY, does not go into a migration.) An advisory lock lets one of several starts migrate while the others wait.

export type MigrateOptions = { log?: Log; applicationUrl?: string | undefined; folder?: string }
export type Migrated = { applicationUrl: string; applied: string[] }

const LOCK = 0x53616d02

type Applied = { migration_name: string; checksum: string; finished: boolean }

const readApplied = async (client: pg.Client): Promise<Applied[]> => {
  const { rowCount } = await client.query(`select where to_regclass('_prisma_migrations') is not null`)
  if (!rowCount) return []
  const { rows } = await client.query<Applied>(
    'select migration_name, checksum, finished_at is not null as finished from _prisma_migrations where rolled_back_at is null',
  )
  return rows
}

/** What is yet to be applied. Loading the engine costs more than this comparison, which is all that most starts need. */
const pending = (migrations: Migration[], applied: Applied[]): Migration[] => {
  const finished = new Map(applied.filter((row) => row.finished).map((row) => [row.migration_name, row.checksum]))
  for (const { name, script } of migrations) {
    const checksum = finished.get(name)
    if (checksum !== undefined && checksum !== createHash('sha256').update(script).digest('hex'))
      throw new Error(`Migration ${name} was changed after it was applied here. Restore the file and write a new migration.`)
    finished.delete(name)
  }
  const [newer] = finished.keys()
  if (newer !== undefined)
    throw new Error(`The database has migration ${newer}, which this release does not know: it is too old for it`)
  const done = new Set(applied.filter((row) => row.finished).map((row) => row.migration_name))
  return migrations.filter(({ name }) => !done.has(name))
}

const explain = (error: unknown, { name, script }: Migration): Error => {
  const message = error instanceof Error ? error.message : String(error)
  const position = error instanceof Error && 'position' in error ? Number(error.position) : 0
  const line = position > 0 && position <= script.length ? `, line ${script.slice(0, position).split('\n').length}` : ''
  return new Error(`Migration ${name}${line}: ${message}. Nothing of it was applied.`, { cause: error })
}

const apply = async (ownerUrl: string, client: pg.Client, migrations: Migration[], folder: string): Promise<void> => {
  const { withEngine, migrationList, noFilters } = await import('./schema-engine.ts')
  // A mark without its end is from an attempt that was rolled back (see above); it stays as a trace.
  await client.query(
    `do $$ begin if to_regclass('_prisma_migrations') is not null then
       update _prisma_migrations set rolled_back_at = now() where finished_at is null and rolled_back_at is null;
     end if; end $$`,
  )
  let failure: Error | undefined
  const run = async (pool: pg.Pool, script: string) => {
    const migration = migrations.find((candidate) => candidate.script === script)
    if (!migration) return pool.query(script)
    const mark = `update _prisma_migrations set finished_at = now() where finished_at is null and rolled_back_at is null`
    return pool.query(`${script}\n;${mark}`).catch((error: unknown) => {
      failure = explain(error, migration)
      throw error
    })
  }
  try {
    const migrationsList = await migrationList(folder)
    await withEngine(ownerUrl, (engine) => engine.applyMigrations({ migrationsList, filters: noFilters }), run)
  } catch (error) {
    throw failure ?? error
  }
}

export const migrate = async (ownerUrl: string, options: MigrateOptions = {}): Promise<Migrated> => {
  const { log = () => undefined, folder = migrationsFolder } = options
  return withClient(ownerUrl, async (client) => {
    await client.query('select pg_advisory_lock($1)', [LOCK])
    const [{ applicationUrl }, migrations] = await Promise.all([
      ensureRoles(ownerUrl, { applicationUrl: options.applicationUrl }),
      readMigrations(folder),
    ])
    const missing = pending(migrations, await readApplied(client))
    if (missing.length > 0) {
      await apply(ownerUrl, client, migrations, folder)
      for (const { name } of missing) log(`Applied migration ${name}`)
    }
    await prepareJobs(ownerUrl)
    return { applicationUrl, applied: missing.map(({ name }) => name) }
  })
}

/** Names of the migrations that the database lacks, for those who look before they act. */
export const lacking = (ownerUrl: string, folder = migrationsFolder): Promise<string[]> =>
  withClient(ownerUrl, async (client) => {
    const missing = pending(await readMigrations(folder), await readApplied(client))
    return missing.map(({ name }) => name)
  })

if (import.meta.main) {
  const { DATABASE_URL, DATABASE_APP_URL, DATA_DIR = resolve(import.meta.dirname, '../../.data') } = process.env
  const log = (message: string) => console.log(message)
  await command(async () => {
    const embedded = DATABASE_URL ? undefined : await startEmbedded({ dataDir: DATA_DIR, log })
    try {
      const { applied } = await migrate(DATABASE_URL ?? embedded?.url ?? '', { log, applicationUrl: DATABASE_APP_URL })
      if (applied.length === 0) log('The database is up to date')
      return true
    } finally {
      await embedded?.stop()
    }
  })
}
