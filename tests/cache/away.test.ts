import { afterAll, expect, test } from 'vitest'
import { mint } from '../world/actor.ts'
import { Graph } from '../../client/src/lib/graph/graph.ts'
import { BoardQuery } from '../../client/src/lib/tasks/documents.ts'
import { TaskFilter } from '../../client/src/lib/tasks/filter.ts'
import { boardVariables } from '../../client/src/lib/tasks/read.ts'
import { does, newTask } from '../world/acts.ts'
import { eventually } from '../world/eventually.ts'
import { openWorld } from '../world/world.ts'
import { Holder } from './holder.ts'

const world = await openWorld()
afterAll(world.close)

test('a page that was left before the place in the journal was lost shows what there is when it is opened again', async () => {
  const torsby = await world.as('Torsby')
  const holder = new Holder(torsby)
  await holder.open()
  const task = { id: mint(), title: 'Trygg skolväg', state: 'GIVEN' }
  const { subject } = await does(torsby, 'createTask', task)
  await holder.lose()
  await holder.reopen()
  const pages = await holder.pages(() => true)
  expect(JSON.stringify(pages.map(({ held }) => held))).toContain(subject.id)
  for (const { name, held, fresh } of pages) expect(held, name).toEqual(fresh)

  // From there on it follows, and asks for nothing twice.
  holder.requests = 0
  await does(torsby, 'editTask', { id: subject.id, baseVersion: subject.version, title: 'Tryggare skolväg' })
  await holder.catchUp()
  await holder.reopen()
  for (const { name, held, fresh } of await holder.pages(() => true)) expect(held, name).toEqual(fresh)
  expect(holder.requests).toBe(0)
})

test('several that moved while one was away stand in the order that a fresh load has', async () => {
  const sunne = await world.as('Sunne')
  const made = async (dueOn: string) =>
    (await does(sunne, 'createTask', { id: mint(), title: `Före ${dueOn}`, state: 'GIVEN', dueOn })).subject
  const [first, , , last] = [
    await made('2027-01-01'),
    await made('2027-02-01'),
    await made('2027-04-01'),
    await made('2027-08-01'),
  ]
  const holder = new Holder(sunne)
  await holder.open()
  // The last goes between the others while the first, which it will be told of later, still stands before them.
  await does(sunne, 'editTask', { id: last.id, baseVersion: last.version, dueOn: '2027-03-01' })
  await does(sunne, 'editTask', { id: first.id, baseVersion: first.version, dueOn: '2027-09-01' })
  await holder.catchUp()
  for (const { name, held, fresh } of await holder.pages(() => true)) expect(held, name).toEqual(fresh)
})

test('the place is lost once more while the answers are on their way: those are not the last word', async () => {
  const hagfors = await world.as('Hagfors')
  let [arrived, release, held]: [number, () => void, Promise<void>] = [0, () => undefined, Promise.resolve()]
  const graph = new Graph({
    url: `${hagfors.origin}/graphql`,
    slug: hagfors.slug ?? '',
    headers: { cookie: hagfors.cookie ?? '', origin: hagfors.origin },
    fetch: async (...request) => {
      const answer = await fetch(...request)
      arrived += 1
      await held
      return answer
    },
  })
  const variables = boardVariables(new TaskFilter(new URLSearchParams()))
  graph.showing(() => void graph.read(BoardQuery, variables, { requestPolicy: 'network-only' }))
  await graph.read(BoardQuery, variables)

  held = new Promise((done) => (release = done))
  graph.restart()
  await eventually('the answer is there, and on its way', () => arrived === 2)
  const { id } = await newTask(hagfors, { title: 'Medan svaret var på väg' })
  graph.restart()
  release()
  await eventually('it is asked once more', () => JSON.stringify(graph.peek(BoardQuery, variables) ?? null).includes(id))
  expect(arrived).toBe(3)
})
