import { createDatabase, dropDatabase } from '@samsyn/prisma/engine/databases'
import { migrate } from '@samsyn/prisma/engine/migrate'
import { migrationsFolder } from '@samsyn/prisma/engine/project'
import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, expect, inject, onTestFinished, test } from 'vitest'
import { does, jointTask, newTask } from '../../../tests/world/acts.ts'
import { mint, uuidOf } from '../../../tests/world/actor.ts'
import { eventually } from '../../../tests/world/eventually.ts'
import { attach, pdf } from '../../../tests/world/files.ts'
import { openWorld, World } from '../../../tests/world/world.ts'
import { openStore } from '../files/store.ts'
import { samsyn } from '../operator/run.testing.ts'
import { ledgerPath, readErasures } from './ledger.ts'
import type { Manifest } from './manifest.ts'
import { takeBackup } from './take.ts'

// A backup is taken while people work; they go on, and one takes back what should never have been written. Then the database is lost.

const folder = mkdtempSync(join(tmpdir(), 'samsyn-backup-'))
const world = await openWorld()
afterAll(async () => {
  await world.close()
  rmSync(folder, { recursive: true, force: true })
})
const torsby = await world.as('Torsby')
const sunne = await world.as('Sunne')
const secret = 'Skulle aldrig ha skrivits'
const bytes = pdf('Underlaget, ord för ord')

const task = await jointTask(torsby, { title: 'Före säkerhetskopian, åäö "citat" \\ och radbrytning' })
await attach(torsby, { task: task.id }, 'underlag.pdf', bytes)
const { subject: comment } = await does(torsby, 'writeComment', {
  id: mint(),
  task: task.id,
  audience: 'AS_PARENT',
  text: secret,
})

const fresh = async (): Promise<string> => {
  const url = await createDatabase(inject('postgres'), `backup_${mint().slice(0, 8)}`)
  onTestFinished(() => dropDatabase(url, new URL(url).pathname.slice(1)))
  return url
}
const backup = (to: string, url = world.ownerUrl) =>
  samsyn(['backup', '--to', join(folder, to)], { DATABASE_URL: url, DATA_DIR: world.dataDir })
const restore = (from: string, url: string, dataDir = world.dataDir) =>
  samsyn(['restore', '--from', join(folder, from)], { DATABASE_URL: url, DATA_DIR: dataDir })
const manifestOf = async (name: string) => JSON.parse(await readFile(join(folder, name, 'manifest.json'), 'utf8')) as Manifest
const rowsOf = async (name: string) => gunzipSync(await readFile(join(folder, name, 'rows.jsonl.gz'))).toString()

const BOARD = `{ collaboration { tasks(first: 100) { totalCount nodes { id title description version audience updatedAt responsible { id }
  files { path name size } comments(first: 100) { nodes { id text writtenAt author { name } } } } }
  agreement { latest { number hash state } } } }`

let before: unknown
let cursor: string
let path: string

test('it is taken while people work, and says what it holds', async () => {
  before = await sunne.query(BOARD)
  cursor = await torsby.cursor()
  const { files } = (
    await torsby.query<{ node: { files: { path: string }[] } }>(
      `query ($id: ID!) { node(id: $id) { ... on Task { files { path } } } }`,
      { id: task.id },
    )
  ).node
  path = files[0]?.path ?? ''
  const said = await backup('night')
  expect(said).toMatchObject({ code: 0, error: '', out: expect.stringMatching(/^Backed up \d+ rows of \d+ tables and 1 files/) })
  const { tables, files: kept } = await manifestOf('night')
  expect(tables).toMatchObject({ party: 6, file: 1 })
  expect(tables).not.toHaveProperty('session')
  expect(Object.values(kept)).toMatchObject([{ size: bytes.length }])
  expect(await rowsOf('night')).toContain(secret)
  expect(await backup('night')).toMatchObject({ code: 1, error: expect.stringContaining('is not empty') })
})

test('what is taken back afterwards is noted outside the database: that it was, and nothing of what it said', async () => {
  await does(torsby, 'withdrawComment', { id: comment.id })
  await newTask(torsby, { title: 'Efter säkerhetskopian' })
  const noted = () => readErasures(ledgerPath(world.dataDir))
  await eventually('it is noted', async () => (await noted()).some((erasure) => erasure.comment === uuidOf(comment.id)))
  expect(await readFile(ledgerPath(world.dataDir), 'utf8')).not.toContain(secret)
})

test('restored, everything is there but what was erased; the chain holds, and whoever followed begins anew', async () => {
  await world.server.kill()
  const url = await fresh()
  const said = await restore('night', url)
  expect(said).toMatchObject({ code: 0, error: '' })
  expect(said.out).toMatch(/^Restored the backup of .*\nErased again 1 comments that were taken back since\.\n/)
  expect(said.out).toContain('The journal is whole.\n')

  const there = new World(url, { DATABASE_URL: url, DATA_DIR: world.dataDir, SEED: 'false', LOG_LEVEL: 'warn' }, [])
  onTestFinished(async () => void (await there.server.kill()))
  await there.server.start()
  const [again, torsbyAgain] = [await there.as('Sunne'), await there.as('Torsby')]
  const withdrawn = (board: unknown) => JSON.stringify(board).replace(secret, '')
  // Each version goes on beyond all that were lost.
  const strip = (board: string) =>
    board
      .replaceAll(/"updatedAt":"[^"]*"/g, '')
      .replaceAll(/"version":(\d+)/g, (_, version) => `"version":${Number(version) % 1_000_000}`)
  expect(strip(JSON.stringify(await again.query(BOARD)))).toBe(strip(withdrawn(before)))
  expect(Buffer.from(await (await torsbyAgain.fetch(path)).arrayBuffer())).toEqual(bytes)
  const { changes } = await torsbyAgain.query<{ changes: unknown }>(
    `query ($after: Cursor!) { changes(after: $after) { ... on Resync { reason } } }`,
    { after: cursor },
  )
  expect(changes).toEqual({ reason: 'WRONG_EPOCH' })
  await jointTask(torsbyAgain, { title: 'Efter återställningen' })
  expect((await samsyn(['journal', 'verify'], { DATABASE_URL: url })).code).toBe(0)

  // Erased is erased: in no table of the restored database, and so in no backup of it.
  expect(await backup('next', url)).toMatchObject({ code: 0 })
  expect(await rowsOf('next')).not.toContain(secret)
  expect(await rowsOf('next')).toContain('Efter återställningen')
})

test('the backup of an earlier release is restored under this one', async () => {
  const earlier = join(folder, 'migrations')
  await mkdir(earlier)
  const names = (await readdir(migrationsFolder)).toSorted()
  for (const name of [...names.filter((one) => one.startsWith('20')).slice(0, -3), 'migration_lock.toml'])
    await cp(join(migrationsFolder, name), join(earlier, name), { recursive: true })
  const [old, url] = [await fresh(), await fresh()]
  await migrate(old, { folder: earlier })
  await takeBackup(old, await openStore({ dataDir: world.dataDir, s3: undefined }), join(folder, 'earlier'))
  expect(await restore('earlier', url)).toMatchObject({ code: 0, error: '' })
  expect((await samsyn(['list'], { DATABASE_URL: url })).code).toBe(0)
})

test('what is no whole backup, or goes where something is, is refused, and nothing is done', async () => {
  const refused = async (name: string, why: RegExp, into?: string) => {
    const url = into ?? (await fresh())
    expect(await restore(name, url)).toMatchObject({ code: 1, out: '', error: expect.stringMatching(why) })
    if (into === undefined) expect((await samsyn(['list'], { DATABASE_URL: url })).error).toContain('run "samsyn migrate" first')
  }
  const altered = async (name: string, change: (manifest: Manifest) => unknown) => {
    await cp(join(folder, 'night'), join(folder, name), { recursive: true })
    await writeFile(join(folder, name, 'manifest.json'), JSON.stringify(change(await manifestOf('night'))))
  }
  await refused('nothing', /holds no whole backup/)
  await refused('night', /The database is not empty/, world.ownerUrl)

  await cp(join(folder, 'night'), join(folder, 'flipped'), { recursive: true })
  const rows = await readFile(join(folder, 'flipped', 'rows.jsonl.gz'))
  rows.writeUInt8(rows.readUInt8(1_000) ^ 1, 1_000)
  await writeFile(join(folder, 'flipped', 'rows.jsonl.gz'), rows)
  await refused('flipped', /not what it was: rows\.jsonl\.gz differs/)

  await altered('later', (manifest) => ({ ...manifest, migrations: [...manifest.migrations, '29990101000000_later'] }))
  await refused('later', /of a later release than this: it has 29990101000000_later/)
  await altered('format', (manifest) => ({ ...manifest, format: 2 }))
  await refused('format', /has format 2; this release reads 1/)
})
