import { withClient } from '@samsyn/prisma/engine/databases'
import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import pg from 'pg'
import type { FileStore } from '../files/store.ts'
import { BackupProblem, FILES, FORMAT, hashOf, type Manifest, manifestPath, ROWS } from './manifest.ts'

/**
 * Rows that are of use to nobody in another place: whoever was signed in signs in again, an unsealed act was none, and what waited to be
 * sent has been sent since from where it waited.
 */
const LEFT_OUT = [
  '_prisma_migrations',
  'session',
  'sign_in_failure',
  'sign_in_browser',
  'access_turn',
  'journal_intent',
  'delivery',
  'webhook_delivery',
]
const BATCH = 2_000

/** Writes a backup of one moment into the folder, which must be empty. The hub may go on meanwhile. */
export const takeBackup = async (ownerUrl: string, store: FileStore, folder: string): Promise<Manifest> => {
  await mkdir(join(folder, FILES), { recursive: true, mode: 0o700 })
  const there = (await readdir(folder)).filter((name) => name !== FILES)
  if (there.length > 0 || (await readdir(join(folder, FILES))).length > 0)
    throw new BackupProblem(`${folder} is not empty: a backup has a folder of its own.`)
  const at = new Date().toISOString()
  const { tables, migrations, objects } = await withClient(ownerUrl, async (client) => {
    await client.query('begin isolation level repeatable read read only')
    const tables: Record<string, number> = {}
    await pipeline(Readable.from(linesOf(client, tables)), createGzip(), createWriteStream(join(folder, ROWS), { mode: 0o600 }))
    const applied = await client.query<{ name: string }>(
      'select migration_name as name from _prisma_migrations where finished_at is not null and rolled_back_at is null order by 1',
    )
    const named = await client.query<{ object: string }>('select distinct object from file where object is not null')
    return { tables, migrations: applied.rows.map(({ name }) => name), objects: named.rows.map(({ object }) => object) }
  })
  const files: Record<string, { size: number; hash: string }> = {}
  for (const object of objects) {
    const [hash, counted] = [createHash('sha256'), { size: 0 }]
    const look = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        hash.update(chunk)
        counted.size += chunk.length
        done(null, chunk)
      },
    })
    // A file that is removed while this goes on is gone: it would not be kept anyway.
    const bytes = await store.read(object).catch(() => undefined)
    if (!bytes) continue
    await pipeline(bytes, look, createWriteStream(join(folder, FILES, object), { mode: 0o600 }))
    files[object] = { size: counted.size, hash: hash.digest('hex') }
  }
  const manifest = { format: FORMAT, at, migrations, tables, rows: await hashOf(join(folder, ROWS)), files }
  await writeFile(manifestPath(folder), `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600 })
  return manifest
}

/** Each table's name and columns on a line, then its rows, one a line, as PostgreSQL writes JSON: exact for every type. */
async function* linesOf(client: pg.Client, counts: Record<string, number>): AsyncGenerator<string> {
  const { rows: tables } = await client.query<{ name: string; columns: string[] }>(
    `select class.relname as name, array_agg(attribute.attname::text order by attnum) as columns
     from pg_class class join pg_attribute attribute on attrelid = class.oid and attnum > 0 and not attisdropped and attgenerated = ''
     where relnamespace = 'public'::regnamespace and relkind = 'r' and class.relname <> all ($1) group by 1 order by 1`,
    [LEFT_OUT],
  )
  for (const { name, columns } of tables) {
    yield `${JSON.stringify({ table: name, columns })}\n`
    const table = pg.escapeIdentifier(name)
    await client.query(`declare rows no scroll cursor for select row_to_json(each)::text as line from ${table} each`)
    counts[name] = 0
    for (;;) {
      const { rows } = await client.query<{ line: string }>(`fetch ${BATCH} from rows`)
      if (rows.length === 0) break
      counts[name] += rows.length
      yield rows.map(({ line }) => `${line}\n`).join('')
    }
    await client.query('close rows')
  }
}
