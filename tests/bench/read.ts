import type { TypedDocumentNode } from '@urql/core'
import { BoardQuery, TaskQuery } from '../../client/src/lib/tasks/documents.ts'
import { TaskFilter } from '../../client/src/lib/tasks/filter.ts'
import { boardVariables, taskVariables } from '../../client/src/lib/tasks/read.ts'
import { SLICES } from '../../server/src/access/slices.ts'
import type { Actor as Reader } from '../../server/src/access/viewer.ts'
import { type Actor, mint, uuidOf } from '../world/actor.ts'
import { does, jointTask } from '../world/acts.ts'
import { openWorld, type World } from '../world/world.ts'
import { asking, type Asker, bodyOf, headersOf, takeTurns } from './askers.ts'
import type { Asking } from './asker.ts'
import { ask } from './asking.ts'
import { PROBE, ROOM, start } from './crowd.ts'
import { median, spread, table } from './numbers.ts'
import type { Size } from './size.ts'
import type { Statement } from './probe.ts'
import type { ReaderOptions } from './reader.ts'

// What a page's own question costs, beside a server of the same make that guards nothing, and beside one statement and JSON.

const TIMES = 48
const WARMING = 2
const COMMENTS = 10
/** As our server has them. */
const CONNECTIONS = 10

interface Page {
  readonly name: string
  readonly body: string
  /** The rows that the page is of, in one statement. */
  readonly query: string
  readonly values: readonly unknown[]
}

const page = <Data, Variables>(
  name: string,
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  query: string,
  values: readonly unknown[],
): Page => ({ name, body: bodyOf(document, variables), query, values })

const pagesOf = async (reader: Actor, partyId: string): Promise<Page[]> => {
  const { id } = await jointTask(reader, { description: 'Belysningen vid gångvägen ses över innan hösten.' })
  for (let number = 1; number <= COMMENTS; number++)
    await does(reader, 'writeComment', { id: mint(), task: id, audience: 'AS_PARENT', text: `Vi tar det på tisdag, ${number}.` })
  return [
    page(
      'the board',
      BoardQuery,
      boardVariables(new TaskFilter(new URLSearchParams())),
      'select * from task where readers @> array[$1::uuid] and archived_at is null order by state, position',
      [partyId],
    ),
    page(
      'a task',
      TaskQuery,
      taskVariables(id),
      `select task.*, comment.* from task left join comment on comment.task_id = task.id
       where task.id = $1 and task.readers @> array[$2::uuid] order by comment.written_at desc limit 50`,
      [uuidOf(id), partyId],
    ),
  ]
}

const other = async (name: string, options: ReaderOptions, what: Asking): Promise<Entrant> => {
  const server = start('reader.ts')
  const address = await ask<string>(server, 'open', options)
  return { ...(await asking(name, server, { ...what, address })), statements: () => statementsOf(server, address, what) }
}

interface Entrant extends Asker {
  readonly bytes: () => number
  readonly statements: () => Promise<number>
}

/** How many statements one question comes to. */
const statementsOf = async (server: Parameters<typeof ask>[0], address: string, { headers, bodies }: Asking): Promise<number> => {
  await ask(server, 'record')
  const response = await fetch(address, { method: 'POST', headers, body: bodies[0] ?? '' })
  await response.text()
  return (await ask<Statement[]>(server, 'recorded')).filter(({ text }) => !text.includes('inbox')).length
}

const entrantsOf = async (world: World, reader: Actor, viewer: Reader, what: Page, sockets: number): Promise<Entrant[]> => {
  const address = `${world.url}/graphql`
  const headers = headersOf(reader)
  const questions: Asking = { address, headers, bodies: Array.from({ length: sockets }, () => what.body), expected: '"data":{' }
  const answer = await (await reader.fetch('/graphql', { method: 'POST', headers, body: what.body })).text()
  if (answer.includes('"errors"')) throw new Error(`${what.name} could not be read: ${answer.slice(0, 500)}`)
  const common = { databaseUrl: world.ownerUrl, connections: CONNECTIONS }
  const { query, values } = what
  const server = world.server.process
  const guarded = {
    ...(await asking(`ours, ${what.name}`, server, questions)),
    statements: () => statementsOf(server, address, questions),
  }
  return [
    await other(`limit: one statement and JSON, ${what.name}`, { ...common, kind: 'bare', query, values, answer }, questions),
    await other(`Yoga + Pothos, unguarded, ${what.name}`, { ...common, kind: 'yoga', viewer }, questions),
    guarded,
  ]
}

export const read = async ({ postgres, sockets, runs }: Size): Promise<string> => {
  const world = await openWorld({ postgres, nodeArguments: PROBE, env: ROOM })
  await world.sql('delete from inbox_cursor')
  const reader = await world.as('Torsby')
  const { memberId } = reader.seat
  const [seat] = await world.sql<{ partyId: string; collaborationId: string }>(
    'select party_id as "partyId", collaboration_id as "collaborationId" from member where id = $1',
    [memberId],
  )
  if (!seat) throw new Error('the reader has no seat')
  const rows: string[][] = []
  for (const what of await pagesOf(reader, seat.partyId)) {
    const entrants = await entrantsOf(world, reader, { ...seat, memberId, roles: ['COORDINATOR'], slices: SLICES }, what, sockets)
    await takeTurns(entrants, TIMES, runs, WARMING)
    const [limit, unguarded] = entrants.map((one) => median(one.runs.map(({ perSecond }) => perSecond)))
    if (new Set(entrants.map((one) => one.bytes())).size !== 1)
      throw new Error(`the answers differ: ${entrants.map((one) => one.bytes()).join(', ')} bytes`)
    for (const { name, runs, bytes, statements } of entrants) {
      const perSecond = runs.map((run) => run.perSecond)
      rows.push([
        name,
        median(perSecond).toFixed(0),
        (median(perSecond) / (limit ?? Number.NaN)).toFixed(2),
        (median(perSecond) / (unguarded ?? Number.NaN)).toFixed(2),
        spread(perSecond),
        median(runs.map(({ p50 }) => p50)).toFixed(1),
        median(runs.map(({ server }) => server)).toFixed(2),
        median(runs.map(({ load }) => load)).toFixed(2),
        String(await statements()),
        String(bytes()),
      ])
    }
  }
  await world.close()
  const headings = ['', 'answers/s', 'of limit', 'of Yoga', 'spread', 'p50 ms', 'CPU ms', 'load ms', 'statements', 'bytes']
  return [`read: ${sockets} at once, ${runs} runs of ${TIMES} questions`, table(headings, rows), NOTES].join('\n\n')
}

const NOTES = `Medians of interleaved runs after ${WARMING} that warm up; spread is half of what the middle half of the runs spans. The documents are the pages' own,
on the pilot. The limit reads the page's rows in one statement and writes the same answer as JSON, over Node's own HTTP server. Yoga + Pothos
is our schema without its scopes, on Prisma as the owner, to whom no policies apply, without transactions, a session or named statements. CPU is of the server,
for each answer; PostgreSQL's own is in none. Goal: 0.9 of Yoga + Pothos.`
