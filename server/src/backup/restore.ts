import { withClient } from '@samsyn/prisma/engine/databases'
import { migrate } from '@samsyn/prisma/engine/migrate'
import { migrationsFolder } from '@samsyn/prisma/engine/project'
import { createReadStream } from 'node:fs'
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { createGunzip } from 'node:zlib'
import pg from 'pg'
import type { FileStore } from '../files/store.ts'
import { BackupProblem, FILES, type Manifest, readManifest, ROWS } from './manifest.ts'

const BATCH = 1_000
/** More than anybody changes one thing between a backup and its restore; 2,000 restores fit. */
const VERSIONS_LOST = 1_000_000

/**
 * Guards: a database is what the backup was or stays empty; nothing that follows it takes it for what it was before.
 *
 * The tables are made as they were, the rows put in as they are, in one transaction; then what later releases have migrated is
 * migrated. Every stream begins a new epoch: pages and programs begin anew. Every thing's version is beyond all that were lost: what somebody
 * did to one of those is never taken for having seen what was done since.
 */
export const restoreBackup = async (
  ownerUrl: string,
  applicationUrl: string | undefined,
  store: FileStore,
  folder: string,
): Promise<Manifest> => {
  const manifest = await readManifest(folder)
  await assertEmpty(ownerUrl)
  await migrateAsItWas(ownerUrl, applicationUrl, manifest.migrations)
  await withClient(ownerUrl, (client) => load(client, folder, manifest))
  await migrate(ownerUrl, { applicationUrl })
  for (const [object, { size }] of Object.entries(manifest.files)) await store.put(object, join(folder, FILES, object), size)
  return manifest
}

const assertEmpty = (ownerUrl: string): Promise<void> =>
  withClient(ownerUrl, async (client) => {
    const { rows } = await client.query(
      `select from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' limit 1`,
    )
    if (rows.length > 0) throw new BackupProblem('The database is not empty: a backup is restored into a new one.')
  })

/** The migrations that the backup knows, and no others. */
const migrateAsItWas = async (ownerUrl: string, applicationUrl: string | undefined, names: readonly string[]): Promise<void> => {
  const known = await readdir(migrationsFolder)
  const strange = names.filter((name) => !known.includes(name))
  if (strange.length > 0) throw new BackupProblem(`The backup is of a later release than this: it has ${strange.join(', ')}.`)
  const folder = await mkdtemp(join(tmpdir(), 'samsyn-migrations-'))
  try {
    for (const name of ['migration_lock.toml', ...names])
      await cp(join(migrationsFolder, name), join(folder, name), { recursive: true })
    await migrate(ownerUrl, { folder, applicationUrl })
  } finally {
    await rm(folder, { recursive: true })
  }
}

const load = async (client: pg.Client, folder: string, manifest: Manifest): Promise<void> => {
  await client.query('begin')
  const { rows: tables } = await client.query<{ name: string }>(
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' and relname <> '_prisma_migrations'`,
  )
  const { rows: keys } = await client.query<{ table: string; name: string }>(
    `select conrelid::regclass::text as table, conname as name from pg_constraint
     where contype = 'f' and connamespace = 'public'::regnamespace and not condeferrable`,
  )
  // Rows come as they were written, in no order: what they refer to is looked up when all are there, and no trigger writes its own.
  for (const { name } of tables) await client.query(`alter table ${pg.escapeIdentifier(name)} disable trigger user`)
  for (const { table, name } of keys)
    await client.query(`alter table ${table} alter constraint ${pg.escapeIdentifier(name)} deferrable initially deferred`)
  for (const { name } of tables) await client.query(`delete from ${pg.escapeIdentifier(name)}`)
  const counts = await insertRows(client, join(folder, ROWS))
  for (const [name, count] of Object.entries(manifest.tables))
    if (counts.get(name) !== count)
      throw new BackupProblem(`The backup has ${counts.get(name) ?? 0} of ${count} rows of ${name}.`)
  await client.query('update stream_head set epoch = epoch + 1')
  const { rows: versioned } = await client.query<{ name: string }>(
    `select table_name as name from information_schema.columns
     where table_schema = 'public' and column_name = 'version' and data_type = 'integer'`,
  )
  for (const { name } of versioned)
    await client.query(`update ${pg.escapeIdentifier(name)} set version = version + $1`, [VERSIONS_LOST])
  await client.query('set constraints all immediate')
  for (const { table, name } of keys)
    await client.query(`alter table ${table} alter constraint ${pg.escapeIdentifier(name)} not deferrable`)
  for (const { name } of tables) await client.query(`alter table ${pg.escapeIdentifier(name)} enable trigger user`)
  await client.query('commit')
}

const insertRows = async (client: pg.Client, path: string): Promise<Map<string, number>> => {
  const counts = new Map<string, number>()
  let insert = ''
  let name = ''
  let batch: string[] = []
  const flush = async () => {
    if (batch.length === 0) return
    counts.set(name, (counts.get(name) ?? 0) + batch.length)
    await client.query(insert, [`[${batch.join(',')}]`])
    batch = []
  }
  for await (const line of createInterface({ input: createReadStream(path).pipe(createGunzip()) })) {
    if (!line.startsWith('{"table":')) {
      batch.push(line)
      if (batch.length >= BATCH) await flush()
      continue
    }
    await flush()
    const heading = JSON.parse(line) as { table: string; columns: string[] }
    name = heading.table
    counts.set(name, 0)
    const columns = heading.columns.map((column) => pg.escapeIdentifier(column)).join(', ')
    const table = pg.escapeIdentifier(name)
    insert = `insert into ${table} (${columns}) overriding system value select ${columns} from json_populate_recordset(null::${table}, $1::json)`
  }
  await flush()
  return counts
}
