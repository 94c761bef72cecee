import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { changeUrl, createDatabase, dropDatabase, withClient } from './databases.ts'
import { startEmbedded, type Embedded } from './embedded.ts'
import { migrate } from './migrate.ts'
import { newMigration } from './new.ts'
import { migrationsFolder } from './project.ts'
import { ensureRoles } from './roles.ts'
import { discard } from './scratch.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const folder = mkdtempSync(join(tmpdir(), 'samsyn-test-'))
let cluster: Embedded
let url = ''
let number = 0

const rows = async (database: string, query: string) =>
  (await withClient(database, (client) => client.query<Record<string, unknown>>(query))).rows

/** A folder of migrations of the test's own, beside Prisma's lock file. */
const migrations = (scripts: Record<string, string>) => {
  const target = join(folder, `migrations${number}`)
  rmSync(target, { recursive: true, force: true })
  mkdirSync(target)
  cpSync(join(migrationsFolder, 'migration_lock.toml'), join(target, 'migration_lock.toml'))
  for (const [name, script] of Object.entries(scripts)) {
    mkdirSync(join(target, name))
    writeFileSync(join(target, name, 'migration.sql'), script)
  }
  return target
}

beforeAll(async () => {
  cluster = await startEmbedded({ dataDir: folder, settings: { fsync: 'off' } })
})
afterAll(async () => {
  await cluster.stop()
  discard(folder)
})
beforeEach(async () => {
  url = await createDatabase(cluster.url, `test_${++number}`)
})
afterEach(() => dropDatabase(cluster.url, `test_${number}`))

test('the second time there is nothing to do', async () => {
  const first = await migrate(url)
  expect(first.applied.length).toBeGreaterThan(0)
  expect(await migrate(url)).toEqual({ applicationUrl: first.applicationUrl, applied: [] })
})

test('the tables of jobs are there for the application to use and not to change', async () => {
  const { applicationUrl } = await migrate(url)
  const count = async () => (await rows(url, 'select name from jobs.job')).length
  await withClient(applicationUrl, async (client) => {
    await client.query(`insert into jobs.job (name, data) values ('letters', '{}')`)
    for (const change of ['create table jobs.other ()', 'alter table jobs.job add other int', 'drop schema jobs cascade'])
      await expect(client.query(change), change).rejects.toMatchObject({ code: '42501' })
  })
  expect(await count()).toBe(1)
  // Who comes later finds them, with what is in them.
  await migrate(url)
  expect(await count()).toBe(1)
})

test('four start at once on an empty database, and four more on another: each migration is applied once in each', async () => {
  const other = await createDatabase(cluster.url, 'other')
  const results = await Promise.all([url, other].flatMap((database) => [1, 2, 3, 4].map(() => migrate(database))))
  expect(results.filter(({ applied }) => applied.length > 0)).toHaveLength(2)
  for (const database of [url, other]) {
    const marks = await rows(database, 'select migration_name from _prisma_migrations')
    expect(marks).toHaveLength(new Set(marks.map((mark) => mark.migration_name)).size)
  }
  await dropDatabase(cluster.url, 'other')
})

test('the application owns nothing, bypasses nothing, sees nothing without a viewer and cannot read sessions', async () => {
  const { applicationUrl } = await migrate(url)
  expect(
    await rows(
      applicationUrl,
      'select rolname, rolsuper, rolbypassrls, rolcreaterole, rolinherit from pg_roles where rolname = current_user',
    ),
  ).toEqual([{ rolname: 'samsyn_app', rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolinherit: false }])
  expect(
    await rows(
      applicationUrl,
      `select from pg_class where relowner = current_user::regrole or relowner in (
      select roleid from pg_auth_members where member = current_user::regrole)`,
    ),
  ).toEqual([])
  expect(await rows(applicationUrl, 'select * from task')).toEqual([])
  for (const forbidden of [
    'select * from session',
    'create table mine (id int)',
    'set role samsyn_sealer',
    'set role samsyn_owner',
  ]) {
    await expect(rows(applicationUrl, forbidden), forbidden).rejects.toMatchObject({ code: '42501' })
  }
})

test('a migration that fails says where, leaves nothing, and can be mended', async () => {
  const good = 'create table one (id int);\ncreate function two() returns int language plpgsql as $$ begin return 2; end; $$;'
  const bad = 'create table three (id int);\n\nselect misspelt from one;\n'
  await expect(migrate(url, { folder: migrations({ '1_good': good, '2_bad': bad }) })).rejects.toThrow(
    'Migration 2_bad, line 3: column "misspelt" does not exist. Nothing of it was applied.',
  )
  expect(await rows(url, `select two() as two, to_regclass('one')::text as one, to_regclass('three')::text as three`)).toEqual([
    { two: 2, one: 'one', three: null },
  ])
  const mended = migrations({ '1_good': good, '2_bad': bad.replace('misspelt', 'id') })
  expect((await migrate(url, { folder: mended })).applied).toEqual(['2_bad'])
  expect((await migrate(url, { folder: mended })).applied).toEqual([])
})

test('a migration changed after it was applied is refused, and so is a database from a newer release', async () => {
  await migrate(url, { folder: migrations({ '1_a': 'select 1', '2_b': 'select 2' }) })
  await expect(migrate(url, { folder: migrations({ '1_a': 'select 11', '2_b': 'select 2' }) })).rejects.toThrow('1_a was changed')
  await expect(migrate(url, { folder: migrations({ '1_a': 'select 1' }) })).rejects.toThrow(
    '2_b, which this release does not know',
  )
})

test("the application's password follows the owner's", async () => {
  const before = (await ensureRoles(url)).applicationUrl
  const renewed = changeUrl(url, { password: 'renewed' })
  await withClient(url, (client) => client.query(`alter role current_user password 'renewed'`))
  const after = (await ensureRoles(renewed)).applicationUrl
  expect(after).not.toBe(before)
  expect(await rows(after, 'select 1 as in')).toEqual([{ in: 1 }])
  await expect(rows(before, 'select 1')).rejects.toMatchObject({ code: '28P01' })
  await withClient(renewed, (client) => client.query(`alter role current_user password '${new URL(url).password}'`))
  expect((await ensureRoles(url)).applicationUrl).toBe(before)
})

test('an application role that could read past the policies is refused', async () => {
  await ensureRoles(url)
  await expect(ensureRoles(url, { applicationUrl: url })).rejects.toThrow("may not be the application's")
})

test('a new migration holds what is in the data model and not in the migrations', async () => {
  const file = await newMigration(
    'tables',
    new Date('2026-11-24T12:34:56Z'),
    migrations({ '1_first': 'create table one (id int)' }),
  )
  expect(file).toMatch(/\/20261124123456_tables\/migration\.sql$/)
  const script = readFileSync(file, 'utf8')
  expect(script).toContain('CREATE TABLE "task"')
  expect(script).toContain('DROP TABLE "one"')
})
