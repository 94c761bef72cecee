import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, expect, test } from 'vitest'
import type { Actor } from '../world/actor.ts'
import { jointTask } from '../world/acts.ts'
import { eventually } from '../world/eventually.ts'
import { programOf } from '../world/program.ts'
import { openWorld } from '../world/world.ts'

// The programs that the README shows, run as it says, by the system's own python3 and curl. The README promises only Node and npm, so a
// machine may lack them: then the story says so and ends. `.ci/run` installs both by name.

const world = await openWorld()
const folder = mkdtempSync(join(tmpdir(), 'samsyn-examples-'))
const torsby = await world.as('Torsby')
const children: ChildProcess[] = []
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
  await world.close()
})

const example = (name: string) => join(import.meta.dirname, '../../examples', name)
const isThere = (command: string) => spawnSync(command, ['--version']).status === 0

/** An example under way, with all that it has said. */
const run = (command: string, words: readonly string[], key: string) => {
  const child = spawn(command, words, { env: { PATH: process.env['PATH'], HOME: process.env['HOME'], SAMSYN_KEY: key } })
  children.push(child)
  const [lines, complaints]: [string[], string[]] = [[], []]
  createInterface({ input: child.stdout }).on('line', (line) => lines.push(line))
  createInterface({ input: child.stderr }).on('line', (line) => complaints.push(line))
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  return { lines, complaints, ended, stop: () => child.kill('SIGTERM') }
}

const entriesIn = (lines: readonly string[]): string[] =>
  lines.flatMap((line) => {
    const said = JSON.parse(line) as { id?: string; data?: { changes: { changes: { id: string }[] } } }
    return said.data ? said.data.changes.changes.map(({ id }) => id) : said.id ? [said.id] : []
  })

const PROGRAMS = [
  { command: 'python3', name: 'follow.py', words: (file: string) => ['--cursor-file', file, '--every', '0.1'] },
  { command: 'curl', name: 'follow.sh', words: (file: string) => [file, '0.1'] },
]

/** What the journal told Torsby, from one place to now, as the hub itself says it. */
const told = async (who: Actor, after: string): Promise<string[]> => {
  const following = who.follow({ after })
  const last = await jointTask(who, { title: 'Sist' })
  await following.until(({ kind, subjectId }) => kind === 'task.shared' && subjectId === last.id)
  await following.stop()
  return following.changes.map(({ id }) => id)
}

test.each(PROGRAMS)(
  '$name misses nothing and repeats nothing, though the hub is killed and started',
  async ({ command, name, words }) => {
    if (!isThere(command))
      return console.log(`${command} is not on this machine: ${name} was NOT run (it is where .ci/run has been)`)
    const program = await programOf(world.server, torsby, name)
    const [file, start] = [join(folder, `${name}.cursor`), await torsby.cursor()]
    writeFileSync(file, start)
    const begin = () =>
      run(command === 'curl' ? 'sh' : command, [example(name), `${world.url}/graphql`, ...words(file)], program.key)

    const first = begin()
    await jointTask(torsby, { title: 'Före' })
    await eventually('it tells of what happens', () => entriesIn(first.lines).length >= 2)
    await world.server.kill()
    await eventually('it notices', () => first.complaints.length > 0)
    await world.server.start()
    await jointTask(torsby, { title: 'Efter "avbrottet", med \\ och "place":"x"' })
    const told1 = await told(torsby, start)
    await eventually('it has come as far', () => entriesIn(first.lines).length >= told1.length, 30_000)
    expect(entriesIn(first.lines)).toEqual(told1)

    // Stopped itself, it goes on from where it was.
    first.stop()
    await first.ended
    await jointTask(torsby, { title: 'Under tiden' })
    const second = begin()
    const all = await told(torsby, start)
    await eventually('it has come as far', () => entriesIn(second.lines).length >= all.length - told1.length)
    expect([...entriesIn(first.lines), ...entriesIn(second.lines)]).toEqual(all)

    // A backup was restored: the place is one of another epoch.
    await world.sql('update stream_head set epoch = epoch + 1')
    await eventually('it begins anew', () => second.complaints.some((line) => line.includes('WRONG_EPOCH')))
    await eventually('it has a place again', () => readFileSync(file, 'utf8') !== '' && second.complaints.length > 0)
    const from = await torsby.cursor()
    const later = await told(torsby, from)
    await eventually('it follows again', () => entriesIn(second.lines).includes(later.at(-1) ?? ''))
    if (name === 'follow.py') expect(second.lines.some((line) => 'snapshot' in JSON.parse(line))).toBe(true)

    // A key that no longer holds ends it, and it says why.
    await torsby.mutate('mutation ($id: ID!) { revokeKey(input: { id: $id }) { __typename } }', { id: program.made.id })
    expect(await second.ended).toBe(1)
    expect(second.complaints.at(-1)).toContain('the hub refuses')
    console.log(`${name}: ${all.length} entries through a kill, a restart of the hub and one of its own; missed 0, repeated 0`)
  },
  120_000,
)
