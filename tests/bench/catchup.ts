import { setTimeout as delay } from 'node:timers/promises'
import { type Actor, uuidOf } from '../world/actor.ts'
import { jointTask } from '../world/acts.ts'
import { openWorld, type World } from '../world/world.ts'
import { ask } from './asking.ts'
import type { Replayed, Replaying } from './bare.ts'
import { Crowd, followers, PROBE, ROOM, start, usage } from './crowd.ts'
import { median, spread, table } from './numbers.ts'
import type { Size } from './size.ts'

// What it costs to tell one who was away, beside reading the same entries and nothing more.

const FEW = 20
/** The last again as the first, when all the others have happened before. */
const CASES = [
  { entries: 100, subjects: FEW },
  { entries: 100, subjects: 100 },
  { entries: 1_000, subjects: FEW },
  { entries: 1_000, subjects: 1_000 },
  { entries: 10_000, subjects: FEW },
  { entries: 10_000, subjects: 10_000 },
  { entries: 100, subjects: FEW },
]
const AT_ONCE = 500

/** So many tasks beside one that is there: all that its parties read. */
const MULTIPLY = `
  insert into task (id, collaboration_id, party_id, created_by_id, audience, title, description, state, position)
  select gen_random_uuid(), collaboration_id, party_id, created_by_id, audience, title || ' ' || number, description, state, position || number
  from task, generate_series(1, $2) as number where id = $1
  returning id`

/** An edit of each as the service leaves it behind; sealed one after the other at COMMIT. */
const EDIT = `
  with edited as (
    update task set title = 'Belysning ' || version, version = version + 1 where id = any ($1::uuid[])
    returning id, version, collaboration_id, party_id, created_by_id)
  insert into journal_intent (kind, collaboration_id, actor_id, party_id, subject_type, subject_id, subject_version, changes, former_readers)
  select 'task.edited', collaboration_id, created_by_id, party_id, 'Task', id, version,
    jsonb_build_object('title', jsonb_build_object('from', null, 'to', jsonb_build_object('text', 'Belysning ' || version))), '{}'
  from edited`

const READ = `
  select stream_entry.seq, journal_entry.*, commitment.hash as commitment, commitment.value
  from stream_entry join journal_entry on journal_entry.id = stream_entry.entry_id
  left join commitment on commitment.entry_id = journal_entry.id
  where stream_entry.stream_id = $1 and stream_entry.seq > $2 order by stream_entry.seq`

interface Caught {
  readonly ms: number
  readonly cpu: number
  readonly load: number
  readonly statements: number
}

const happen = async (world: World, tasks: readonly string[], entries: number): Promise<void> => {
  for (let done = 0; done < entries;) {
    const from = done % tasks.length
    const some = tasks.slice(from, from + Math.min(AT_ONCE, entries - done))
    await world.sql(EDIT, [some])
    done += some.length
  }
}

const byUs = async (world: World, actor: Actor, after: string, entries: number): Promise<Caught> => {
  const crowd = new Crowd()
  const following = await followers(world, actor, 1, 'same', after)
  const server = world.server.process
  const [server0, load0] = [await usage(server), await usage(crowd.child)]
  const began = performance.now()
  await crowd.open(following)
  await crowd.until(entries)
  const ms = performance.now() - began
  const [server1, load1] = [await usage(server), await usage(crowd.child)]
  const told = await crowd.told()
  if (told.length !== entries) throw new Error(`${told.length} entries were told, of ${entries}`)
  crowd.child.kill()
  return { ms, cpu: server1.cpu - server0.cpu, load: load1.cpu - load0.cpu, statements: server1.statements - server0.statements }
}

const bySql = async (what: Replaying, entries: number): Promise<Caught> => {
  const bare = start('bare.ts')
  await ask(bare, 'connect', what)
  await ask(bare, 'replay', 1)
  const before = await usage(bare)
  const { seconds, rows } = await ask<Replayed>(bare, 'replay', 1)
  const after = await usage(bare)
  if (rows < entries) throw new Error(`${rows} rows were read, of ${entries} entries`)
  bare.kill()
  return { ms: seconds * 1_000, cpu: after.cpu - before.cpu, load: 0, statements: 1 }
}

export const catchup = async ({ postgres, runs }: Pick<Size, 'postgres' | 'runs'>): Promise<string> => {
  const world = await openWorld({ postgres, nodeArguments: PROBE, env: ROOM })
  await world.sql('delete from inbox_cursor')
  const actor = await world.as('Torsby')
  const { id } = await jointTask(actor)
  const [begun] = await world.sql<{ id: string; party: string }>('select id, party_id as party from task where id = $1', [
    uuidOf(id),
  ])
  if (!begun) throw new Error('there is no task')
  const most = Math.max(...CASES.map(({ subjects }) => subjects))
  const tasks = (await world.sql<{ id: string }>(MULTIPLY, [begun.id, most])).map(({ id }) => id)
  await world.sql('analyze')
  await byUs(world, actor, await firstOf(world, actor, tasks), 100)
  const rows: string[][] = []
  for (const { entries, subjects } of CASES) {
    const [head] = await world.sql<{ seq: string }>('select seq from stream_head where stream_id = $1', [begun.party])
    const after = await actor.cursor()
    await happen(world, tasks.slice(0, subjects), entries)
    await delay(SETTLE_MS)
    const what: Replaying = {
      databaseUrl: world.ownerUrl,
      statements: [[{ text: READ, values: [begun.party, head?.seq] }]],
      fresh: [],
    }
    const [mine, least]: [Caught[], Caught[]] = [[], []]
    for (let run = 0; run < runs; run++) {
      least.push(await bySql(what, entries))
      mine.push(await byUs(world, actor, after, entries))
    }
    rows.push(row(entries, subjects, Number(head?.seq), mine, least))
  }
  await world.close()
  return [`catchup: ${runs} runs of each`, table(HEADINGS, rows), NOTES].join('\n\n')
}

/** The first time brings what any brings: compiled code, plans, the document. */
const firstOf = async (world: World, actor: Actor, tasks: readonly string[]): Promise<string> => {
  const after = await actor.cursor()
  await happen(world, tasks.slice(0, 100), 100)
  return after
}

const HEADINGS = [
  'entries, subjects',
  'before',
  'ms',
  'spread',
  'SQL ms',
  'to SQL',
  'CPU ms',
  'SQL CPU',
  'to SQL',
  'load ms',
  'µs/entry',
  'statements',
]
const row = (entries: number, subjects: number, before: number, mine: readonly Caught[], least: readonly Caught[]): string[] => {
  const of = (caught: readonly Caught[], what: (one: Caught) => number) => median(caught.map(what))
  const [ms, sql] = [of(mine, ({ ms }) => ms), of(least, ({ ms }) => ms)]
  const [cpu, sqlCpu] = [of(mine, ({ cpu }) => cpu), of(least, ({ cpu }) => cpu)]
  return [
    `${entries}, ${subjects}`,
    String(before),
    ms.toFixed(0),
    spread(mine.map((one) => one.ms)),
    sql.toFixed(1),
    `${(ms / sql).toFixed(1)} ×`,
    (cpu / 1_000).toFixed(0),
    (sqlCpu / 1_000).toFixed(1),
    `${(cpu / sqlCpu).toFixed(1)} ×`,
    (of(mine, ({ load }) => load) / 1_000).toFixed(0),
    (cpu / entries).toFixed(0),
    of(mine, ({ statements }) => statements).toFixed(0),
  ]
}

const SETTLE_MS = 500
const NOTES = `From opening the socket until the last entry is there, as a page that comes back: with its document, from the cursor it had, a hundred at
a time. "Before" is how many entries the stream already had. SQL is one statement for the same entries with their texts, by pg, which makes rows of
them and nothing else. CPU is of our server, or of the process that asks with pg; µs/entry is ours. The subject comes with its last entry of each
hundred, so that few subjects are read and told few times.`
