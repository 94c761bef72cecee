import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, realpathSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { changeUrl, createDatabase, dropDatabase, withClient } from './databases.ts'
import { startEmbedded } from './embedded.ts'
import { findPostmaster } from './postmaster.ts'
import { discard } from './scratch.ts'

// Deadlines, not waits: PostgreSQL synchronises its whole folder after a crash, and a disk that others use too takes its time.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })
const patience = 60_000

type Holder = { child: ChildProcess; url: string; adopted: boolean }

let dataDir = ''
const holders: ChildProcess[] = []

const hold = async (statement = ''): Promise<Holder> => {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'embedded.holder.ts'), dataDir, statement], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  holders.push(child)
  const [line]: string[] = await once(createInterface({ input: child.stdout }), 'line')
  return { child, ...JSON.parse(line ?? '') }
}
const leave = async ({ child }: Holder) => {
  child.stdin?.end()
  await once(child, 'exit')
}
const kill = async (child: ChildProcess) => {
  child.kill('SIGKILL')
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
}

const server = () => findPostmaster(realpathSync(join(dataDir, 'postgres')))
const one = async (url: string, query: string) =>
  (await withClient(url, (client) => client.query({ text: query, rowMode: 'array' }))).rows[0]?.[0]

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'samsyn-test-'))
})
afterEach(async () => {
  for (const child of holders.splice(0)) await kill(child)
  const last = await startEmbedded({ dataDir })
  await last.stop()
  discard(dataDir)
})

test('a first start gives a database of our own, and stopping leaves no server', async () => {
  const { url, adopted, stop } = await startEmbedded({ dataDir })
  expect(adopted).toBe(false)
  expect(await one(url, `select current_user || ' ' || current_database() || ' ' || current_setting('server_encoding')`)).toBe(
    'samsyn_owner samsyn UTF8',
  )
  expect(await one(url, 'select rolsuper or rolbypassrls from pg_roles where rolname = current_user')).toBe(false)
  expect(await one(url, `select current_setting('fsync')`)).toBe('on')
  await stop()
  expect(await server()).toBeUndefined()
})

test('nobody gets in without the password, and only from this machine', async () => {
  const { url, stop } = await startEmbedded({ dataDir })
  expect(statSync(join(dataDir, 'postgres.secret')).mode & 0o077).toBe(0)
  for (const user of ['postgres', 'samsyn_owner']) {
    await expect(one(changeUrl(url, { user, password: 'guess' }), 'select 1')).rejects.toMatchObject({ code: '28P01' })
  }
  const [, , , , socketFolder, address] = readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')
  expect({ socketFolder, address }).toEqual({ socketFolder: '', address: '127.0.0.1' })
  await stop()
})

test('the server outlives a killed parent; the next start adopts it, nothing is lost, and its stop stops it', async () => {
  const first = await hold('create table kept as select 42 as answer')
  await kill(first.child)
  expect(await server()).toBeDefined()

  const { url, adopted, stop } = await startEmbedded({ dataDir })
  expect(adopted).toBe(true)
  expect(url).toBe(first.url)
  expect(await one(url, 'select answer from kept')).toBe(42)
  await stop()
  expect(await server()).toBeUndefined()
})

test('parent and server are both killed: the next start recovers what was committed', async () => {
  const first = await hold('create table kept as select 42 as answer')
  const running = await server()
  await kill(first.child)
  process.kill(running?.pid ?? 0, 'SIGKILL')

  const { url, adopted, stop } = await startEmbedded({ dataDir })
  expect(adopted).toBe(false)
  expect(await one(url, 'select answer from kept')).toBe(42)
  await stop()
})

test('three start at once on an empty folder: one server, and the last to leave stops it', async () => {
  const [one_, two, three] = await Promise.all([hold(), hold(), hold()])
  expect(new Set([one_.url, two.url, three.url]).size).toBe(1)
  expect([one_, two, three].filter(({ adopted }) => !adopted)).toHaveLength(1)
  await leave(one_)
  await leave(two)
  expect(await one(three.url, 'select 1')).toBe(1)
  await leave(three)
  expect(await server()).toBeUndefined()
})

test('killed under who keeps it, it is there again where it was, with what was committed; and is gone when it is left', async () => {
  const { url, stop } = await startEmbedded({ dataDir, keep: true })
  await one(url, 'create table kept as select 1 as number')
  for (let death = 0; death < 3; death++) {
    const before = await server()
    process.kill(before?.pid ?? 0, 'SIGKILL')
    await vi.waitFor(async () => expect((await server())?.pid).not.toBe(before?.pid), patience)
    await vi.waitFor(async () => expect(await one(url, 'select number from kept')).toBe(1), patience)
    expect((await server())?.port).toBe(before?.port)
  }
  await stop()
  expect(await server()).toBeUndefined()
})

test('left in the middle of being started again, it is gone all the same', async () => {
  const { url, stop } = await startEmbedded({ dataDir, keep: true })
  const before = await server()
  process.kill(before?.pid ?? 0, 'SIGKILL')
  // It has been seen to be gone, and is not there again yet.
  await vi.waitFor(() => expect(one(url, 'select 1')).rejects.toMatchObject({ code: '57P03' }), {
    timeout: patience,
    interval: 1,
  })
  await stop()
  expect(await server()).toBeUndefined()
})

test('two users in one process count as two', async () => {
  const first = await startEmbedded({ dataDir })
  const second = await startEmbedded({ dataDir })
  await first.stop()
  expect(await one(second.url, 'select 1')).toBe(1)
  await second.stop()
  expect(await server()).toBeUndefined()
})

test('a pid file of a dead server, whose number another program has by now, is no obstacle', async () => {
  const first = await startEmbedded({ dataDir })
  await first.stop()
  const folder = realpathSync(join(dataDir, 'postgres'))
  writeFileSync(join(folder, 'postmaster.pid'), `${process.pid}\n${folder}\n0\n1\n\n127.0.0.1\n0 0\nready   \n`)

  const { url, adopted, stop } = await startEmbedded({ dataDir })
  expect(adopted).toBe(false)
  expect(await one(url, 'select 1')).toBe(1)
  await stop()
})

test('a server that no longer answers is replaced', async () => {
  const first = await hold('create table kept as select 42 as answer')
  const running = await server()
  await kill(first.child)
  process.kill(running?.pid ?? 0, 'SIGSTOP')

  const { url, adopted, stop } = await startEmbedded({ dataDir })
  expect(adopted).toBe(false)
  expect((await server())?.pid).not.toBe(running?.pid)
  expect(await one(url, 'select answer from kept')).toBe(42)
  await stop()
})

test('a start that fails says what PostgreSQL said', async () => {
  await (await startEmbedded({ dataDir })).stop()
  await expect(startEmbedded({ dataDir, settings: { shared_buffers: 'plenty' } })).rejects.toThrow(
    /invalid value for parameter "shared_buffers"/,
  )
  expect(readFileSync(join(dataDir, 'postgres.log'), 'utf8')).toContain('plenty')
})

test('databases are copied from a template and dropped under their users', async () => {
  const { url, stop } = await startEmbedded({ dataDir })
  const template = await createDatabase(url, 'template_cast')
  await withClient(template, (client) => client.query('create table kept as select 42 as answer'))
  const copy = await createDatabase(url, 'copy', 'template_cast')
  expect(await one(copy, 'select answer from kept')).toBe(42)
  await dropDatabase(url, 'copy')
  await expect(one(copy, 'select 1')).rejects.toMatchObject({ code: '3D000' })
  await stop()
})
