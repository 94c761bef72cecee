import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { eventually } from '../../../tests/world/eventually.ts'
import { monthsAgo } from '../../../tests/world/heads.ts'
import { openHub } from '../../../tests/world/archivingHub.ts'

// A hub that has run for months lets go of what is old, into files; killed at any moment, it has either all of it or nothing done. Each
// test goes on where the last ended.

const {
  world,
  folder,
  streamFolder,
  partyId,
  settings,
  journal,
  keep,
  archive,
  verify,
  begins,
  lying: inArchive,
} = await openHub()

const here = async () =>
  (
    await world.sql<{ entries: number; places: number; texts: number }>(
      `select (select count(*)::int from journal_entry) as entries, (select count(*)::int from stream_entry) as places,
         (select count(*)::int from commitment) as texts`,
    )
  )[0]

test('kept for ever, nothing of it is archived, and nobody archives what the parties were told is kept', async () => {
  expect(await archive('--yes')).toMatchObject({ code: 1, error: expect.stringContaining('is kept for ever') })
  expect(await keep('2')).toMatchObject({ code: 2, error: expect.stringContaining('--months is "2"') })
  expect(await archive('--before', '2025-02-30')).toMatchObject({
    code: 2,
    error: expect.stringContaining('--before is "2025-02-30"'),
  })
  expect(await keep('3')).toMatchObject({ code: 0, out: expect.stringContaining('is kept for 3 months.\n') })
  expect(await archive('--before', monthsAgo(2), '--yes')).toMatchObject({
    code: 1,
    error: expect.stringContaining(`--before may be ${monthsAgo(3)} at the latest`),
  })
  expect(existsSync(folder)).toBe(false)
})

test('asked without --yes it says what it would do, and does nothing', async () => {
  const before = await here()
  const said = await archive()
  expect(said).toMatchObject({
    code: 0,
    error: '',
    out: expect.stringMatching(/Torsby: entries 1-\d+, until \S+, to be archived\n/),
  })
  expect(said.out).toContain('Nothing has been done yet')
  expect(await here()).toEqual(before)
  expect(existsSync(folder)).toBe(false)
})

test('killed when the file is there and the entries still are, the next run finds both and finishes', async () => {
  const before = await here()
  const lock = world
    .sql('begin; lock table journal_archive in share row exclusive mode; select pg_sleep(60)')
    .catch(() => undefined)
  const run = started(monthsAgo(4))
  await eventuallyWaiting()
  run.kill('SIGKILL')
  await once(run, 'exit')
  // The power went, for PostgreSQL too: what it was doing is undone.
  await world.sql(
    `select pg_terminate_backend(pid) from pg_stat_activity where query like '%journal_archive_take%' and pid <> pg_backend_pid()`,
  )
  await world.sql(
    `select pg_terminate_backend(pid) from pg_stat_activity where query like '%pg_sleep(60)%' and pid <> pg_backend_pid()`,
  )
  await lock
  expect(await here()).toEqual(before)
  const lying = readdirSync(join(folder, 'sutohamu')).flatMap((stream) => readdirSync(join(folder, 'sutohamu', stream)))
  expect(lying).toHaveLength(1)
  expect((await verify()).code).toBe(0)
  expect((await archive('--before', monthsAgo(4))).out).toContain('lie there already, and are to be taken out of the journal')

  // Half a file of another run that was killed is nobody's.
  mkdirSync(join(streamFolder, '.unfinished-abc'), { recursive: true })
  const said = await archive('--before', monthsAgo(4), '--yes')
  expect(said).toMatchObject({ code: 0, error: '', out: expect.stringMatching(/Torsby: entries 1-\d+, until \S+, in .*\n/) })
  const last = await begins()
  expect(last).toBeGreaterThan(0)
  expect(inArchive()).toEqual([`1-${last}`])
  expect((await here())?.places).toBeLessThan(before?.places ?? 0)
  expect((await here())?.entries).toBeLessThan(before?.entries ?? 0)
  expect((await here())?.texts).toBeLessThan(before?.texts ?? 0)
}, 120_000)

/** The command as a process of its own, which can be killed. */
const started = (before: string): ChildProcess => {
  const words = ['journal', 'archive', '--collaboration', 'sutohamu', '--to', folder, '--before', before, '--yes']
  const env = { PATH: process.env['PATH'], HOME: process.env['HOME'], ...settings }
  return spawn(process.execPath, [join(import.meta.dirname, '../operator/samsyn.ts'), ...words], { env, stdio: 'ignore' })
}

/** Until the database holds somebody up who takes entries out of the journal. */
const eventuallyWaiting = async () => {
  await eventually(
    'it waits at the last step',
    async () =>
      (await world.sql(`select from pg_stat_activity where wait_event_type = 'Lock' and query like '%journal_archive_take%'`))
        .length === 1,
    30_000,
  )
}

test('killed at any moment, the journal and its archives hold together', async () => {
  const runs = process.env['PROVE'] ? 40 : 4
  for (let at = 1; at <= runs; at += 1) {
    const day = new Date(Date.parse(monthsAgo(4)) + (at * 20 * 86_400_000) / runs).toISOString().slice(0, 10)
    const run = started(day)
    const killing = setTimeout(() => run.kill('SIGKILL'), 400 + (at * 2_000) / runs)
    await once(run, 'exit')
    clearTimeout(killing)
    expect(await verify(), `killed after ${400 + (at * 2_000) / runs} ms`).toMatchObject({ code: 0, error: '' })
  }
}, 600_000)

test('what is older than it is kept for is archived, the rest stays, and the chain goes on from there', async () => {
  expect(await archive('--yes')).toMatchObject({ code: 0, error: '' })
  expect(await archive('--yes')).toMatchObject({ code: 0, out: expect.stringContaining('Nothing is.') })
  const last = await begins()
  const said = await journal('verify')
  expect(said).toMatchObject({ code: 0, error: '' })
  expect(said.out).toMatch(
    new RegExp(`Torsby: \\d+ entries from ${last + 1} on, whole; what came before is archived, until \\S+\\n`),
  )
  const both = await verify()
  expect(both.out).toMatch(
    new RegExp(
      `Torsby: \\d+ entries from ${last + 1} on, whole; what came before is archived, until \\S+, ${last} entries, whole`,
    ),
  )
  const oldest = (
    await world.sql<{ at: Date }>(
      `select min(at) as at from journal_entry join stream_entry on entry_id = id where stream_id = $1`,
      [partyId],
    )
  )[0]
  expect((oldest?.at.toISOString() ?? '') >= monthsAgo(4)).toBe(true)
})
