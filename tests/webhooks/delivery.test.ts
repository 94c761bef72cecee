import { afterAll, describe, expect, test } from 'vitest'
import { mint } from '../world/actor.ts'
import { does, jointTask, newTask } from '../world/acts.ts'
import { Consumer } from '../world/consumer.ts'
import { eventually } from '../world/eventually.ts'
import { programOf } from '../world/program.ts'
import { openWorld } from '../world/world.ts'
import { caughtUp, hookOf, NETWORKS, rowOf, waited } from './hooks.ts'

const world = await openWorld({ env: NETWORKS })
const consumers: Consumer[] = []
afterAll(async () => {
  await world.close()
  for (const consumer of consumers) await consumer.down()
})
const torsby = await world.as('Torsby')
const sunne = await world.as('Sunne')
const receiver = async () => {
  const consumer = await Consumer.open()
  consumers.push(consumer)
  return consumer
}

interface Told {
  readonly changes: {
    readonly changes: { id: string; kind: string; subjectId: string; subject: { id: string; title?: string } | null }[]
  }
}
const told = (data: unknown) => (data as Told).changes.changes[0]

describe('a delivery', () => {
  test('is what the document is answered for one entry, signed so that standardwebhooks believes it', async () => {
    const consumer = await receiver()
    const hook = await hookOf(torsby, consumer)
    const before = performance.now()
    const { id } = await jointTask(torsby, { title: 'Lampor vid torget' })
    const shared = await consumer.until('it is told that a task was shared', ({ type }) => type === 'task.shared')
    console.log(`shared, and told by webhook, in ${Math.round(performance.now() - before)} ms`)
    await caughtUp(world, hook)
    expect(consumer.disbelieved).toEqual([])
    expect(consumer.taken.map(({ type }) => type)).toEqual(['webhook.made', 'task.created', 'task.shared'])
    expect(told(shared.data)).toMatchObject({ kind: 'task.shared', subjectId: id, subject: { id, title: 'Lampor vid torget' } })
    expect(shared.headers['content-type']).toBe('application/json')
    expect(new Set(consumer.taken.map((delivery) => delivery.id)).size).toBe(3)
  })

  test('comes for nothing that the document’s own filter leaves out', async () => {
    const consumer = await receiver()
    const hook = await hookOf(torsby, consumer, {
      document: `subscription { changes(filter: { kinds: ["task.shared"] }) { ... on ChangeBatch { cursor changes { kind } } } }`,
    })
    await jointTask(torsby)
    await caughtUp(world, hook)
    expect(consumer.taken.map(({ type, data }) => [type, data])).toEqual([
      ['task.shared', { changes: { cursor: expect.any(String), changes: [{ kind: 'task.shared' }] } }],
    ])
  })

  test('says no more than its key is for, and goes on past the rest', async () => {
    const consumer = await receiver()
    const { subject: key } = await does(torsby, 'makeKey', { id: mint(), name: 'För kommentarer', slices: ['COMMENTS'] })
    const hook = await hookOf(torsby, consumer, { key: key.id })
    const { id: task } = await jointTask(torsby, { title: 'Inget för dem' })
    await does(torsby, 'writeComment', { id: mint(), task, text: 'För dem', audience: 'AS_PARENT' })
    await does(torsby, 'archiveTask', { id: task })
    await caughtUp(world, hook)
    expect(consumer.taken.map(({ type }) => type)).toEqual(['webhook.made', 'comment.written'])
    expect(consumer.taken.some(({ body }) => body.includes('Inget för dem'))).toBe(false)
    // The program of such a key is not told what else the party's webhooks were sent.
    const program = await programOf(world.server, torsby, 'Diariet', { slices: ['COMMENTS'] })
    const asked = '{ collaboration { webhooks(first: 100) { nodes { deliveries(first: 5) { nodes { kind } } } } } }'
    const { data } = await program.ask(asked)
    const { nodes } = (data as { collaboration: { webhooks: { nodes: { deliveries: { nodes: unknown[] } }[] } } }).collaboration
      .webhooks
    expect(nodes.flatMap(({ deliveries }) => deliveries.nodes)).toEqual([])
  })

  test('tells nothing that the party may not read, nor what it may not read any more', async () => {
    const consumer = await receiver()
    const hook = await hookOf(torsby, consumer)
    await newTask(sunne, { title: 'Sunnes utkast' })
    const joint = await jointTask(sunne, { title: 'Gemensamt' })
    await does(sunne, 'writeComment', { id: mint(), task: joint.id, text: 'Inom Sunne', audience: 'OWN' })
    await does(sunne, 'writeComment', { id: mint(), task: joint.id, text: 'Till alla', audience: 'AS_PARENT' })
    await consumer.until('what was said to all is told', ({ type }) => type === 'comment.written')
    await caughtUp(world, hook)
    const text = JSON.stringify(consumer.taken)
    expect(text).toContain('Till alla')
    expect(text).not.toContain('Sunnes utkast')
    expect(text).not.toContain('Inom Sunne')
  })
})

describe('a receiver that is down', () => {
  test('gets everything when it is back, in order and under the ids that it had', async () => {
    const consumer = await receiver()
    const hook = await hookOf(torsby, consumer)
    await caughtUp(world, hook)
    await consumer.down()
    const titles = Array.from({ length: 5 }, (_, index) => `Medan den var borta ${index}`)
    for (const title of titles) await newTask(torsby, { title })
    await eventually('it was tried in vain', async () => (await rowOf(world, hook)).attempts >= 1)
    const { failing_since: since, next_attempt_at: next } = await rowOf(world, hook)
    expect(Number(next) - Number(since)).toBeGreaterThanOrEqual(4_000)
    expect(Number(next) - Number(since)).toBeLessThanOrEqual(6_000)
    for (const attempts of [2, 3]) {
      await waited(world, hook)
      await eventually('it was tried again', async () => (await rowOf(world, hook)).attempts >= attempts)
    }
    consumer.answer = ({ type }) => (type === 'task.created' && consumer.deliveries.length < 4 ? 503 : 204)
    await consumer.up()
    await eventually('everything comes', async () => {
      await waited(world, hook)
      return told(consumer.taken.at(-1)?.data)?.subject?.title === titles.at(-1)
    })
    await caughtUp(world, hook)
    expect(consumer.disbelieved).toEqual([])
    const got = consumer.taken.filter(({ type }) => type === 'task.created')
    expect(got.map(({ data }) => told(data)?.subject?.title)).toEqual(titles)
    expect(new Set(consumer.deliveries.map(({ id }) => id)).size).toBe(consumer.taken.length)
    expect(await rowOf(world, hook)).toMatchObject({ attempts: 0, failing_since: null, next_attempt_at: null, state: 'ACTIVE' })
  })
})
