import { existsSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { discard } from '@samsyn/prisma/engine/scratch'
import { expect, onTestFinished, test } from 'vitest'
import { samsyn, samsynProcess } from './run.testing.ts'

// What is asked wrongly is answered before any database is touched: none of these could reach one.
const NOWHERE = { DATABASE_URL: 'postgresql://nobody:nothing@127.0.0.1:1/nowhere' }
const run = (line: string) => samsyn(line.split(' ').filter(Boolean), NOWHERE)

test('help names every command, and each command its options', async () => {
  const { code, out, error } = await run('help')
  expect({ code, error }).toEqual({ code: 0, error: '' })
  for (const name of [
    'migrate',
    'collaboration open',
    'party admit',
    'member invite',
    'member remove',
    'key create',
    'key rotate',
    'key revoke',
    'journal keep',
    'journal archive',
    'journal erase',
    'list',
  ]) {
    expect(out).toContain(`  ${name} `)
    const help = await run(`help ${name}`)
    expect(help).toMatchObject({ code: 0, error: '', out: expect.stringContaining(`Usage: samsyn ${name}`) })
    expect(await run(`${name} --help`)).toEqual(help)
  }
  expect((await run('--help')).out).toBe(out)
})

test.each([
  ['', 'A command is missing'],
  ['party', 'There is no command "party"'],
  ['party dance', 'There is no command "party dance"'],
  ['help dance', 'There is no command "dance"'],
  ['list everything', "Unexpected argument 'everything'"],
  ['list --all', "Unknown option '--all'"],
  ['member remove --collaboration', "Option '--collaboration <value>' argument missing"],
  ['party admit --mark T', '--collaboration is missing\n--name is missing'],
  ['collaboration open --slug Åmål --name A', '--slug is "Åmål"'],
  ['collaboration open --slug a --name A --time-zone Mars/Olympus', '--time-zone is "Mars/Olympus"'],
  ['party admit --collaboration a --name A --mark abc', '--mark is "abc"'],
  ['party admit --collaboration a --name A --mark A', '--kind is missing, or --municipality-code'],
  ['party admit --collaboration a --name A --mark A --kind club', '--kind is "club": one of municipality|police|region|business'],
  ['party admit --collaboration a --name A --mark A --municipality-code 17', '--municipality-code is "17"'],
  ['party admit --collaboration a --name A --mark A --kind police --municipality-code 1737', 'only for municipalities'],
  ['member invite --collaboration a --party A --name A --email a@b.se --title T --role king', '--role is "king"'],
  ['key create --collaboration a --party A --name A --days 366', '--days is "366": a number from 1 to 365'],
  [
    'key create --collaboration a --party A --name A --slices tasks,people',
    '--slices is "tasks,people": any of tasks,comments,agreement,files',
  ],
  ['key rotate --collaboration a --party A --name A --overlap 169', '--overlap is "169": a number from 0 to 168'],
  ['journal keep --collaboration a --months 2', '--months is "2": a number from 3 to 1200, or for-ever, is needed'],
  ['journal archive --collaboration a --to b --before 2025-02-30', '--before is "2025-02-30": a day such as'],
  ['journal archive --collaboration a --to b --yes now', "Unexpected argument 'now'"],
  ['member invite --collaboration a --party A --name A --email a@b --title T --role admin', '--email is not an e-mail address'],
])('wrong usage: %s', async (line, said) => {
  const { code, out, error } = await run(line)
  expect({ code, out }).toEqual({ code: 2, out: '' })
  expect(error).toContain(said)
})

test('settings that do not hold, and a database that is not there, are told in words', async () => {
  expect(await samsyn(['list'], { DATABASE_URL: 'mysql://x', PORT: 'x' })).toMatchObject({
    code: 1,
    out: '',
    error: expect.stringMatching(/^The settings do not hold:\n.*DATABASE_URL.*\n|PORT/),
  })
  const unreachable = await run('list')
  expect(unreachable).toMatchObject({ code: 1, out: '', error: expect.stringContaining('ECONNREFUSED 127.0.0.1:1') })
  expect(unreachable.error).not.toContain('    at ')
})

test('without DATABASE_URL it works on the embedded database, and leaves no server behind', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'samsyn-operator-'))
  onTestFinished(() => discard(dataDir))
  const there = { DATA_DIR: dataDir }
  const error = `DATABASE_URL is not set: this is about the embedded database in ${dataDir}\n`
  expect(await samsynProcess(['migrate'], there)).toMatchObject({ code: 0, error })
  expect(await samsynProcess(['collaboration', 'open', '--slug', 'a', '--name', 'Å'], there)).toMatchObject({ code: 0, error })
  expect(await samsynProcess(['list'], there)).toMatchObject({ code: 0, out: expect.stringContaining('Å (a, Europe/Stockholm)') })
  expect(existsSync(join(dataDir, 'postgres', 'postmaster.pid'))).toBe(false)
})

test('the process ends with the code that was meant, at once', async () => {
  const outcomes = await Promise.all([['help'], ['list'], ['dance']].map((words) => samsynProcess(words, NOWHERE)))
  expect(outcomes.map(({ code }) => code)).toEqual([0, 1, 2])
})
