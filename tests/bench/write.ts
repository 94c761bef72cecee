import type { TypedDocumentNode } from '@urql/core'
import { ensureRoles } from '@samsyn/prisma/engine/roles'
import { WriteComment } from '../../client/src/lib/comments/acts.ts'
import { EditTask } from '../../client/src/lib/tasks/acts.ts'
import type { Actor } from '../world/actor.ts'
import { jointTask } from '../world/acts.ts'
import { openWorld, type World } from '../world/world.ts'
import { type Asker, asking, bodyOf, headersOf, replaying, takeTurns } from './askers.ts'
import { ask } from './asking.ts'
import { PROBE, ROOM } from './crowd.ts'
import { median, spread, table } from './numbers.ts'
import type { Size } from './size.ts'
import type { Statement } from './probe.ts'

// What an act costs, through the whole server, beside PostgreSQL alone being told the very same statements.

const TIMES = 120
const WARMING = 2

interface Verb {
  readonly name: string
  readonly document: TypedDocumentNode<unknown, never>
  /** With `$key` and `$version` for what changes each time. */
  readonly inputOf: (task: string) => Record<string, unknown>
}

const EDIT: Verb = {
  name: 'editTask',
  document: EditTask,
  inputOf: (id) => ({ id, baseVersion: '$version', title: 'Belysning $key', idempotencyKey: '$key' }),
}
const COMMENT: Verb = {
  name: 'writeComment',
  document: WriteComment,
  inputOf: (task) => ({ id: '$key', task, audience: 'AS_PARENT', text: 'Vi tar det på tisdag $key.', idempotencyKey: '$key' }),
}

/** The statements of one act, in the order they were sent: who asks, the act, its answer. */
interface Stages {
  readonly asks: readonly Statement[]
  readonly act: readonly Statement[]
  readonly answer: readonly Statement[]
}

const stagesOf = (recorded: readonly Statement[], memberId: string): Stages => {
  // The inbox's reader looks whenever it rings, on other connections and as nobody.
  const own = recorded.flatMap((begin, place) => {
    if (!begin.text.startsWith('BEGIN') || !begin.text.includes(memberId)) return []
    const rest = recorded.slice(place).filter(({ connection }) => connection === begin.connection)
    return [rest.slice(0, rest.findIndex(({ text }) => text === 'COMMIT') + 1)]
  })
  const [act, answer] = own
  if (!act || !answer || own.length !== 2) throw new Error(`not one act and one answer, but ${own.length} transactions`)
  return { asks: recorded.filter(({ text }) => text.includes('session_viewer(')), act, answer }
}

/** What is new with each act is found by doing it, and then again: ids that were not there before. */
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const idsIn = (statements: readonly Statement[]): string[] =>
  statements.flatMap(({ values }) => values.flat()).filter((value): value is string => UUID.test(String(value)))

const record = async (world: World, writer: Actor, { document, inputOf }: Verb, task: string, version: number) => {
  const body = bodyOf(document, { input: inputOf(task) }).replaceAll('$key', () => crypto.randomUUID())
  await ask(world.server.process, 'record')
  const response = await writer.fetch('/graphql', {
    method: 'POST',
    headers: headersOf(writer),
    body: body.replaceAll('"$version"', String(version)),
  })
  const answer = await response.text()
  if (!answer.includes('Changed"')) throw new Error(`the act was refused: ${answer}`)
  return stagesOf(await ask<Statement[]>(world.server.process, 'recorded'), writer.seat.memberId)
}

const flat = ({ asks, act, answer }: Stages): Statement[] => [...asks, ...act, ...answer]

const entrants = async (world: World, applicationUrl: string, verb: Verb, sockets: number) => {
  const writer = await world.as('Torsby')
  const stages: Stages[] = []
  const tasks: { id: string; version: number }[] = []
  let fresh: string[] = []
  for (let connection = 0; connection < sockets; connection++) {
    const { id, version } = await jointTask(writer, { title: `Belysning ${connection}` })
    const known = new Set(idsIn(flat(await record(world, writer, verb, id, version))))
    const again = await record(world, writer, verb, id, version + 1)
    fresh = [...fresh, ...idsIn(flat(again)).filter((found) => !known.has(found))]
    stages.push(again)
    // Another: what goes on beneath the server is nothing that its pages have seen.
    tasks.push(await jointTask(writer, { title: `Belysning ${connection}` }))
  }
  const least = (name: string, statements: readonly (readonly Statement[])[]) =>
    replaying(`${name}, ${verb.name}`, { databaseUrl: applicationUrl, statements, fresh })
  const bodies = tasks.map(({ id }) => bodyOf(verb.document, { input: verb.inputOf(id) }))
  const what = { address: `${world.url}/graphql`, headers: headersOf(writer), bodies, expected: 'Changed"' }
  const askers: Asker[] = [
    await least(
      'limit: the act, bare pg',
      stages.map(({ act }) => act),
    ),
    await least('all of it, bare pg', stages.map(flat)),
    await asking(
      `ours, ${verb.name}`,
      world.server.process,
      what,
      tasks.map(({ version }) => version),
    ),
  ]
  const [first] = stages
  if (!first) throw new Error('nobody asks')
  return { askers, trips: [`${first.act.length}`, `${flat(first).length}`, tripsOf(first)] }
}

const tripsOf = ({ asks, act, answer }: Stages): string => `${asks.length} + ${act.length} + ${answer.length}`

export const write = async ({ postgres, sockets, runs }: Size): Promise<string> => {
  const world = await openWorld({ postgres, nodeArguments: PROBE, env: ROOM })
  await world.sql('delete from inbox_cursor')
  const { applicationUrl } = await ensureRoles(world.ownerUrl)
  const rows: string[][] = []
  for (const verb of [EDIT, COMMENT]) {
    const { askers, trips } = await entrants(world, applicationUrl, verb, sockets)
    await takeTurns(askers, TIMES, runs, WARMING)
    for (const { close } of askers) await close()
    const limit = median(askers[0]?.runs.map(({ perSecond }) => perSecond) ?? [])
    for (const [place, { name, runs }] of askers.entries()) {
      const perSecond = runs.map((run) => run.perSecond)
      rows.push([
        name,
        median(perSecond).toFixed(0),
        (median(perSecond) / limit).toFixed(2),
        spread(perSecond),
        median(runs.map(({ p50 }) => p50)).toFixed(1),
        median(runs.map(({ p99 }) => p99)).toFixed(1),
        median(runs.map(({ server }) => server)).toFixed(2),
        median(runs.map(({ load }) => load)).toFixed(2),
        trips[place] ?? '',
      ])
    }
  }
  await world.close()
  const headings = ['', 'acts/s', 'of limit', 'spread', 'p50 ms', 'p99 ms', 'CPU ms', 'load ms', 'round trips']
  return [`write: ${sockets} at once, ${runs} runs of ${TIMES} acts`, table(headings, rows), NOTES].join('\n\n')
}

const NOTES = `Medians of interleaved runs after ${WARMING} that warm up; spread is half of what the middle half of the runs spans. Each of those who ask has a
task of its own. The limit sends the act's own transaction as the application's role, statement for statement as our server was seen to send it,
with names, and does nothing else; the second row also asks who it is and reads the answer. Round trips of ours: who asks + the act, with its
beginning and COMMIT + its answer, in a snapshot of its own. CPU is of our server, or of the process that asks with pg, for each act; PostgreSQL's own
is in none. Goal: 0.8 of the limit. fsync is off, so that a disk is not what is measured; the inbox is another path, and reads nothing here.`
