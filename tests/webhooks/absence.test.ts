import { afterAll, expect, test } from 'vitest'
import { chanceFrom, SEED } from '../realtime/chance.ts'
import { does, jointTask, newTask } from '../world/acts.ts'
import { Consumer } from '../world/consumer.ts'
import { eventually } from '../world/eventually.ts'
import { CHANGES, type Change, type Resync, type Batch } from '../world/following.ts'
import { programOf } from '../world/program.ts'
import { openWorld } from '../world/world.ts'
import { caughtUp, hookOf, NETWORKS, rowOf, uuid, waited } from './hooks.ts'

// Three systems of one party are away for an hour in which much happens, each behind a transport of its own; when they are back, each copy is what a
// fresh query says. The hour is moved in the database.

const TASK = 'id title state version audience archivedAt'
const world = await openWorld({ env: NETWORKS })
const consumer = await Consumer.open()
afterAll(async () => {
  await world.close()
  await consumer.down()
})

/** What a system keeps: tasks as it was last told of them. */
class Copy {
  readonly tasks: Map<string, Record<string, unknown>>

  constructor(nodes: readonly Record<string, unknown>[]) {
    this.tasks = new Map(nodes.map((node) => [String(node['id']), node]))
  }

  tell({ subjectId, gone, subject }: Pick<Change, 'subjectId' | 'gone' | 'subject'>): void {
    if (gone) this.tasks.delete(subjectId)
    else if (subject?.__typename === 'Task')
      this.tasks.set(subjectId, Object.fromEntries(TASK.split(' ').map((field) => [field, subject[field]])))
  }

  /** Those on the board. */
  get all(): Record<string, unknown>[] {
    const there = [...this.tasks.values()].filter((task) => task['archivedAt'] === null)
    return there.toSorted((one, other) => String(one['id']).localeCompare(String(other['id'])))
  }
}

test('away for an hour, and back: webhook, poll and subscription each bring their copy to what a fresh query says', async () => {
  const [torsby, sunne] = [await world.as('Torsby'), await world.as('Sunne')]
  const program = await programOf(world.server, torsby)
  const document = `subscription { changes { ... on ChangeBatch { changes { subjectId gone subject { __typename ... on Task { ${TASK} } } } } } }`
  const hook = await hookOf(torsby, consumer, { document })
  const ending = await jointTask(sunne, { title: 'Läggs undan' })
  await caughtUp(world, hook)
  await consumer.down()

  const everything = async () => {
    const nodes: Record<string, unknown>[] = []
    for (let after: string | null = null; ;) {
      const { data } = await program.ask(
        `query ($after: String) { cursor collaboration { tasks(first: 100, after: $after) { nodes { ${TASK} } pageInfo { hasNextPage endCursor } } } }`,
        { after },
      )
      const { cursor, collaboration } = data as {
        cursor: string
        collaboration: { tasks: { nodes: Record<string, unknown>[]; pageInfo: { hasNextPage: boolean; endCursor: string } } }
      }
      nodes.push(...collaboration.tasks.nodes)
      if (!collaboration.tasks.pageInfo.hasNextPage) return { cursor, nodes }
      after = collaboration.tasks.pageInfo.endCursor
    }
  }
  const { cursor, nodes } = await everything()
  const copies = { webhook: new Copy(nodes), poll: new Copy(nodes), subscription: new Copy(nodes) }

  const chance = chanceFrom(SEED)
  const tasks: { id: string; version: number }[] = []
  const change = async (index: number) => {
    const task = tasks.length > 3 && chance.oneIn(2) ? chance.of(tasks) : undefined
    const what = task && (await does(torsby, 'editTask', { id: task.id, baseVersion: task.version, title: `Ändrad ${index}` }))
    if (task && what) task.version = what.subject.version
    else tasks.push({ ...(await (chance.oneIn(2) ? newTask : jointTask)(torsby, { title: `Ny ${index}` })) })
  }
  for (let minute = 0; minute < 60; minute += 1) {
    await change(minute)
    if (minute === 20) await does(sunne, 'archiveTask', { id: ending.id })
    if (minute === 30) await world.server.kill().then(() => world.server.start())
    if (minute === 40) {
      const { secret = '' } = await does(torsby, 'changeWebhookSecret', { id: hook.id })
      consumer.secrets = [hook.secret, secret]
    }
    if (minute % 20 !== 10) continue
    const { attempts } = await rowOf(world, hook)
    await world.sql(`update webhook set failing_since = failing_since - interval '20 minutes' where id = $1`, [uuid(hook.id)])
    await waited(world, hook)
    await eventually('it was tried in vain', async () => (await rowOf(world, hook)).attempts > attempts)
  }

  await consumer.up()
  await waited(world, hook)
  await caughtUp(world, hook, 30_000)
  type Data = { changes: { changes: Change[] } }
  for (const { data } of consumer.taken) for (const one of (data as Data).changes.changes) copies.webhook.tell(one)

  for (let after = cursor, more = true; more;) {
    const { data } = await program.ask(`query ($after: Cursor!) { changes(after: $after, first: 25) { ${CHANGES} } }`, { after })
    const { changes: batch } = data as { changes: Batch | Resync }
    if (batch.__typename === 'Resync') throw new Error(`to begin anew: ${batch.reason}`)
    for (const one of batch.changes) copies.poll.tell(one)
    after = batch.cursor
    more = batch.hasMore
  }

  const following = program.follow(cursor)
  const last = await torsby.cursor()
  await eventually('the subscription is where the journal is', () => Promise.resolve(following.cursor === last))
  for (const one of following.changes) copies.subscription.tell(one)
  await following.stop()

  const fresh = new Copy((await everything()).nodes).all
  expect(fresh.length).toBeGreaterThan(nodes.length + 10)
  expect(fresh.map(({ id }) => id)).not.toContain(ending.id)
  for (const [transport, copy] of Object.entries(copies)) expect(copy.all, transport).toEqual(fresh)
  expect(consumer.disbelieved).toEqual([])

  // All of it once more: the same ids, and a copy that has taken each of them already is what it was.
  const ids = new Set(consumer.taken.map(({ id }) => id))
  const before = consumer.taken.length
  await does(torsby, 'replayWebhook', { id: hook.id, after: cursor, until: last })
  await caughtUp(world, hook, 30_000)
  const again = consumer.taken.slice(before)
  const anew = again.filter(({ id }) => !ids.has(id))
  expect(anew.map(({ type }) => type)).toEqual(['webhook.replayed'])
  for (const { data } of again) for (const one of (data as Data).changes.changes) copies.webhook.tell(one)
  expect(copies.webhook.all).toEqual(new Copy((await everything()).nodes).all)
  expect(consumer.disbelieved).toEqual([])
  console.log(
    `an hour away: ${fresh.length} tasks alike by webhook (${before} deliveries, ${again.length} once more), poll and subscription`,
  )
}, 120_000)
