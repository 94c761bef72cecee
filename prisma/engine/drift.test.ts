import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { readCatalogue } from './catalogue.ts'
import { createDatabase, dropDatabase, withClient } from './databases.ts'
import { findDrift } from './drift.ts'
import { startEmbedded, type Embedded } from './embedded.ts'
import { migrate } from './migrate.ts'
import { discard } from './scratch.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const folder = mkdtempSync(join(tmpdir(), 'samsyn-test-'))
let cluster: Embedded
let url = ''
let agreed = ''

/** What the check would print if a migration did this as well. */
const after = async (change: string) => {
  await withClient(url, (client) => client.query(change))
  return findDrift(url, agreed)
}

beforeAll(async () => {
  cluster = await startEmbedded({ dataDir: folder, settings: { fsync: 'off' } })
  const template = await createDatabase(cluster.url, 'template_migrated')
  await migrate(template)
  agreed = await readCatalogue(template)
})
afterAll(async () => {
  await cluster.stop()
  discard(folder)
})
beforeEach(async () => {
  url = await createDatabase(cluster.url, 'drifting', 'template_migrated')
})
afterEach(() => dropDatabase(cluster.url, 'drifting'))

test('migrations, data model and catalogue say the same', async () => {
  expect(await findDrift(url, agreed)).toEqual({ tables: '', catalogue: '' })
})

test.for([
  ['a dropped policy', 'drop policy read on task', '-   policy read, permissive for select to samsyn_app'],
  ['a loosened policy', 'alter policy read on task using (true)', '+     using true'],
  [
    'a policy out of force',
    'alter table task disable row level security',
    '+ table task, owner samsyn_owner, row-level security off',
  ],
  ['a grant on a table', 'grant delete on task to samsyn_app', 'samsyn_app: delete'],
  ['a grant on a column', 'grant update (hash) on stream_head to samsyn_app', '+   grant on hash, samsyn_app: update'],
  ['a grant to everybody', 'grant select on session to public', 'PUBLIC: select'],
  ['a function anyone may run', 'grant execute on function stream_heads(uuid[]) to public', 'PUBLIC: execute'],
  [
    "a function with its owner's rights",
    'alter function viewer() security definer',
    '+    STABLE PARALLEL SAFE SECURITY DEFINER',
  ],
  ['a function without its search path', 'alter function stream_heads(uuid[]) reset search_path', '-    SET search_path TO'],
  ['a trigger switched off', 'alter table journal_intent disable trigger seal', 'NOT IN FORCE (D)'],
  ['a check that is gone', 'alter table comment drop constraint comment_text_check', '-   constraint comment_text_check'],
])('%s shows', async ([, change = '', line = '']) => {
  expect((await after(change)).catalogue).toContain(line)
})

test('a column beside the data model shows, and what to do about it', async () => {
  expect((await after('alter table task add column secret text')).tables).toContain('ALTER TABLE "task" DROP COLUMN "secret"')
})
