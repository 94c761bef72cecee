import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { mint } from '../world/actor.ts'
import { does, jointTask } from '../world/acts.ts'
import { eventually } from '../world/eventually.ts'
import { programOf } from '../world/program.ts'
import { openWorld } from '../world/world.ts'
import { Outside } from './packed.ts'

// The client that other systems install, as they get it: a tarball, `npm install`, and a script of their own that knows nothing of ours.

const world = await openWorld()
const outside = new Outside()
const torsby = await world.as('Torsby')
const sunne = await world.as('Sunne')
afterAll(async () => {
  outside.close()
  await world.close()
})
await outside.install()

interface Copied {
  readonly id: string
  readonly [field: string]: unknown
}
const ALL = `query ($place: String) { collaboration { tasks(first: 100, after: $place) {
  nodes { __typename id title state dueOn version } pageInfo { hasNextPage endCursor } } } }`

/** All tasks as Torsby's program may read them, by id. */
const fresh = async (ask: (query: string, variables: Record<string, unknown>) => Promise<{ data?: unknown }>) => {
  const found: Record<string, Copied> = {}
  for (let place: string | null = null; ;) {
    const { data } = (await ask(ALL, { place })) as {
      data: {
        collaboration: { tasks: { nodes: Copied[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } } }
      }
    }
    const { nodes, pageInfo } = data.collaboration.tasks
    for (const task of nodes) found[task.id] = task
    if (!pageInfo.hasNextPage) return found
    place = pageInfo.endCursor
  }
}

test('ten lines follow all that happens', async () => {
  const program = await programOf(world.server, torsby, 'Tio rader')
  outside.take(join(import.meta.dirname, '../../examples/follow.mjs'))
  const following = outside.run('follow.mjs', `${world.url}/graphql`, program.key)
  await eventually('it has begun', () => following.said.length > 0)
  expect(following.said[0]).toHaveProperty('collaboration.tasks.nodes')
  const { id } = await jointTask(torsby, { title: 'På tio rader' })
  await eventually('it is told', () => following.said.some(({ kind, subjectId }) => kind === 'task.shared' && subjectId === id))
  following.kill()
  await following.ended
})

test('a copy stays true while the hub is killed, its keeper is killed, and the hub is restored; a revoked key ends it', async () => {
  const program = await programOf(world.server, torsby, 'Diariet')
  outside.take(join(import.meta.dirname, 'copy.mjs'))
  const begin = () => outside.run('copy.mjs', `${world.url}/graphql`, program.key)
  const copy = () => (JSON.parse(readFileSync(join(outside.folder, 'copy.json'), 'utf8')) as { tasks: unknown }).tasks
  const now = () => fresh((query, variables) => program.ask(query, variables))
  const isTrue = async (what: string) => {
    const wanted = await now()
    await eventually(what, () => JSON.stringify(sorted(copy())) === JSON.stringify(sorted(wanted)), 30_000)
  }

  const first = begin()
  await eventually('it has begun', () => first.said.length > 0)
  const own = await does(sunne, 'createTask', { id: mint(), title: 'Sunnes eget utkast' })
  const shared = await jointTask(sunne, { title: 'Före avbrottet' })
  await eventually('it is told', () => first.said.some((line) => 'change' in line))

  await world.server.kill()
  await eventually('it notices', () => first.said.some((line) => 'trouble' in line))
  await world.server.start()
  await does(sunne, 'editTask', { id: shared.id, baseVersion: shared.version, title: 'Efter avbrottet' })
  await isTrue('the copy is true after the hub was killed')

  first.kill()
  await first.ended
  await jointTask(torsby, { title: 'Medan den var nere' })
  const second = begin()
  await isTrue('the copy is true after its keeper was killed')
  expect(second.said.some((line) => 'snapshot' in line)).toBe(false)
  const told = [...first.said, ...second.said].flatMap(({ change }) => (change ? [change] : []))
  expect(new Set(told).size).toBe(told.length)

  await world.sql('update stream_head set epoch = epoch + 1')
  await jointTask(torsby, { title: 'Efter återställningen' })
  await eventually('it begins anew', () => second.said.some((line) => 'snapshot' in line), 30_000)
  await isTrue('the copy is true after a restore')
  expect(Object.keys(copy() as object)).not.toContain(own.subject.id)

  await torsby.mutate('mutation ($id: ID!) { revokeKey(input: { id: $id }) { __typename } }', { id: program.made.id })
  expect(await second.ended).toBe(1)
  expect(second.said.at(-1)).toMatchObject({ ended: 'Refused', refused: true })
  console.log(`the packed client: ${told.length} changes, none twice; ${Object.keys(copy() as object).length} tasks`)
}, 120_000)

const sorted = (tasks: unknown) => Object.entries(tasks as Record<string, Copied>).toSorted(([a], [b]) => (a < b ? -1 : 1))

test('its types know the schema: a field that is not there, and a subject taken for another, do not compile', async () => {
  const consumer = `import { follow, graphql, Hub } from '@samsyn/schema'
const hub = new Hub({ url: 'https://samsyn.example/graphql', key: '' })
const tasks = graphql(\`query { cursor collaboration { tasks { nodes { id title dueOn } } } }\`)
for await (const told of follow(hub, { snapshot: () => hub.query(tasks) })) {
  if (told.kind === 'change') {
    told.change.party?.name satisfies string | undefined
    // @ts-expect-error
    told.change.nothing
  } else {
    told.snapshot.collaboration?.tasks.nodes.map(({ dueOn }) => dueOn satisfies string | null)
    // @ts-expect-error
    told.snapshot.collaboration?.tasks.nodes.map(({ state }) => state)
  }
}
`
  writeFileSync(join(outside.folder, 'consumer.ts'), consumer)
  expect(await outside.compile('consumer.ts')).toBe('')
}, 60_000)
