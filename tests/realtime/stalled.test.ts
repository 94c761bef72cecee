import { afterAll, expect, test } from 'vitest'
import { jointTask } from '../world/acts.ts'
import { type Actor, uuidOf } from '../world/actor.ts'
import { inTime } from '../world/eventually.ts'
import { openWorld } from '../world/world.ts'
import { Listener } from './listener.ts'

// One who stops reading costs the hub nothing and the others nothing: nothing is kept for a slow socket, it reads the
// journal when it wakes.

const LONG = process.env['PROVE'] !== undefined
/** As many entries in a commit as are told in a batch: what is measured is telling, not how many acts a second are done. */
const [COMMITS, TOGETHER] = LONG ? [400, 100] : [40, 25]
/** Without anybody stalled, to compare with: as much, for a heap that is let grow goes on growing with any work. */
const COMMITS_BEFORE = COMMITS
const MOST_GROWTH = 50 * 1_048_576
const ENTRIES = COMMITS * TOGETHER
/** Would fill every buffer on the way many times over, if it were sent: 120 MB in all. */
const TEXT = 'Så här långt har vi kommit. '.repeat(110)

const world = await openWorld()
afterAll(world.close)

/** Edits as the service leaves them behind, sealed by their commit. The long text is in the journal alone, so that nothing else works with it. */
const EDIT = `
  with edited as (
    update task set version = version + 1 where id = any ($1::uuid[])
    returning id, version, collaboration_id, party_id, created_by_id)
  insert into journal_intent (kind, collaboration_id, actor_id, party_id, subject_type, subject_id, subject_version, changes, former_readers)
  select 'task.edited', collaboration_id, created_by_id, party_id, 'Task', id, version,
    jsonb_build_object('description', jsonb_build_object('from', null, 'to', jsonb_build_object('text', $2::text))), '{}'
  from edited`

const megabytes = (bytes: number) => (bytes / 1_048_576).toFixed(1)
const p99 = (waits: readonly number[]) => waits.toSorted((a, b) => a - b)[Math.ceil(waits.length * 0.99) - 1] ?? Number.NaN

const listen = async (who: Actor) => new Listener(who, await who.cursor())

test(`a socket that does not read through ${ENTRIES} entries`, async () => {
  const [torsby, police] = [await world.as('Torsby'), await world.as('Polisen')]
  const tasks = await Promise.all(Array.from({ length: TOGETHER }, () => jointTask(torsby)))
  const ids = tasks.map(({ id }) => uuidOf(id))
  // The inbox is another path, and would be what takes the time.
  await world.sql('delete from inbox_cursor')
  // One who is told in the same words as the one that stalls, and one who is not.
  const others = [await listen(police), await listen(torsby)]

  /** So many commits, each told to all others before the next: how long that took each time, and the most memory meanwhile. */
  const write = async (commits: number) => {
    const waits: number[] = []
    let most = 0
    for (let commit = 0; commit < commits; commit++) {
      const told = others.map((one) => one.ids.length + TOGETHER)
      await world.sql(EDIT, [ids, TEXT])
      const committed = performance.now()
      const heard = async (one: Listener, index: number) => {
        await inTime('the others are told', one.count(told[index] ?? 0), 30_000)
        waits.push(Math.max(0, performance.now() - committed))
      }
      await Promise.all(others.map(heard))
      most = Math.max(most, world.server.memory)
    }
    return { waits, most }
  }
  // The heap grows with any work: some is done first with nobody stalled.
  const without = await write(COMMITS_BEFORE)

  const stalled = await listen(police)
  const [reading] = others
  if (!reading) throw new Error('nobody reads')
  const first = reading.ids.length
  await world.sql(EDIT, [ids, TEXT])
  await Promise.all([stalled.count(TOGETHER), ...others.map((one) => one.count(first + TOGETHER))])
  stalled.socket?.pause()
  const during = await write(COMMITS)
  const growth = during.most - without.most
  console.log(
    `a socket stalled through ${ENTRIES} entries of ${(TEXT.length / 1024).toFixed(0)} KB: the server held ${megabytes(during.most)} MB at most, ` +
      `${megabytes(growth)} MB more than without it; the others were told within ${p99(during.waits).toFixed(1)} ms (p99), without it ` +
      `${p99(without.waits).toFixed(1)} ms: ${(p99(during.waits) / p99(without.waits)).toFixed(2)} ×; the stalled one was told of ${stalled.ids.length}`,
  )
  // The sample is over before the heap has its size, and would not fill what it is held against.
  if (LONG) expect(growth).toBeLessThanOrEqual(MOST_GROWTH)
  const told = reading.ids.slice(first)
  expect(new Set(told).size).toBe(ENTRIES + TOGETHER)
  expect(stalled.ids.length).toBeLessThan(ENTRIES)

  // It wakes: either its socket still stands, or it was given up for dead and the follower goes on from its cursor.
  const woken = performance.now()
  stalled.socket?.resume()
  await Promise.race([stalled.count(told.length), stalled.over])
  const late = [...stalled.ids]
  if (late.length < told.length) {
    const again = new Listener(police, stalled.cursor)
    await inTime('it catches up', again.count(told.length - late.length), 120_000)
    late.push(...again.ids)
    await again.stop()
  }
  console.log(`awake, it had caught up after ${((performance.now() - woken) / 1_000).toFixed(1)} s`)
  expect(late).toEqual(told)
  expect(await torsby.query('{ __typename }')).toEqual({ __typename: 'Query' })
  for (const one of [stalled, ...others]) await one.stop()
}, 300_000)
