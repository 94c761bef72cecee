import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join, dirname } from 'node:path'
import { PrismaPg } from '@prisma/adapter-pg'
import {
  bindMigrationAwareSqlAdapterFactory,
  ColumnTypeEnum,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
  type SqlQuery,
  type SqlResultSet,
} from '@prisma/driver-adapter-utils'
import * as wasm from '@prisma/schema-engine-wasm/schema_engine_bg'
import pg from 'pg'
import { readMigrations, readSchema } from './project.ts'

// Prisma's schema engine as WebAssembly, so that nothing is downloaded. It speaks to PostgreSQL through `adapter-pg`, whose
// two shortcomings for this purpose are made good here.

/** Catalogue columns of the type "char", which the adapter does not know and the engine wants as a single character. */
const CHAR_NAMES = new Set(['confdeltype', 'confupdtype', 'constraint_type'])

const castChars = (sql: string) =>
  sql
    .replace(/\bcon\.(confdeltype|confupdtype)\b/g, '$&::text AS $1')
    .replace(/\bconstr\.contype(?= AS constraint_type)/, '$&::text')

const typeChars = (result: SqlResultSet): SqlResultSet => ({
  ...result,
  columnTypes: result.columnTypes.map((type, i) =>
    CHAR_NAMES.has(result.columnNames[i] ?? '') ? ColumnTypeEnum.Character : type,
  ),
})

export type RunScript = (pool: pg.Pool, script: string) => Promise<unknown>
const runScript: RunScript = (pool, script) => pool.query(script)

const connect = async (pool: pg.Pool, run: RunScript): Promise<SqlDriverAdapter> => {
  const adapter = await new PrismaPg(pool).connect()
  return {
    provider: adapter.provider,
    adapterName: adapter.adapterName,
    queryRaw: async (query: SqlQuery) => typeChars(await adapter.queryRaw({ ...query, sql: castChars(query.sql) })),
    executeRaw: (query) => adapter.executeRaw(query),
    startTransaction: (level) => adapter.startTransaction(level),
    getConnectionInfo: () => ({ ...adapter.getConnectionInfo(), schemaName: 'public' }),
    dispose: () => adapter.dispose(),
    // The adapter's own splits the script at every semicolon, inside function bodies too.
    executeScript: async (script) => void (await run(pool, script)),
  }
}

const load = async () => {
  const entry = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm')
  const bytes = await readFile(join(dirname(entry), 'schema_engine_bg.wasm'))
  const { instance } = await WebAssembly.instantiate(bytes, { './schema_engine_bg.js': { ...wasm } })
  wasm.__wbg_set_wasm(instance.exports)
  const start = instance.exports.__wbindgen_start
  if (typeof start === 'function') start()
}
let loaded: Promise<void> | undefined

/** Runs work with the engine on one connection (its own advisory lock belongs to a connection). */
export const withEngine = async <Result>(
  url: string,
  work: (engine: wasm.SchemaEngine) => Promise<Result>,
  run: RunScript = runScript,
): Promise<Result> => {
  await (loaded ??= load())
  const pool = new pg.Pool({ connectionString: url, max: 1 })
  const factory: SqlMigrationAwareDriverAdapterFactory = {
    provider: 'postgres',
    adapterName: '@prisma/adapter-pg',
    connect: () => connect(pool, run),
    connectToShadowDb: () =>
      Promise.reject(new Error('There is no shadow database: differences are taken from a scratch cluster')),
  }
  try {
    const datamodels = (await readSchema()).map(({ path, content }): [string, string] => [path, content])
    const engine = await wasm.SchemaEngine.new({ datamodels }, () => undefined, bindMigrationAwareSqlAdapterFactory(factory))
    try {
      return await work(engine)
    } finally {
      engine.free()
    }
  } finally {
    await pool.end()
  }
}

export const noFilters: wasm.SchemaFilter = { externalTables: [], externalEnums: [] }

export const migrationList = async (folder: string): Promise<wasm.MigrationList> => ({
  baseDir: folder,
  lockfile: { path: 'migration_lock.toml', content: await readFile(join(folder, 'migration_lock.toml'), 'utf8') },
  shadowDbInitScript: '',
  migrationDirectories: (await readMigrations(folder)).map(({ name, script }) => ({
    path: name,
    migrationFile: { path: 'migration.sql', content: { tag: 'ok', value: script } },
  })),
})

/** The SQL that would make the tables of a database what prisma/schema says; empty when they are. */
export const tableDifference = (url: string): Promise<string> =>
  withEngine(url, async (engine) => {
    // `dbgenerated("now()")` leaves the clock to the database where `now()` would take the client's. To the database it is the
    // same default, but read back from there it is always called `now()`, and the two would differ for ever.
    const files = (await readSchema()).map(({ path, content }) => ({
      path,
      content: content.replaceAll('dbgenerated("now()")', 'now()'),
    }))
    const { exitCode, stdout } = await engine.diff({
      from: { tag: 'schemaDatasource', files, configDir: '.' },
      to: { tag: 'schemaDatamodel', files },
      script: true,
      exitCode: true,
      filters: noFilters,
    })
    return exitCode === 0 ? '' : (stdout ?? '')
  })
