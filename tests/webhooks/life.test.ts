import { afterAll, describe, expect, test } from 'vitest'
import { Webhook } from 'standardwebhooks'
import { mint } from '../world/actor.ts'
import { act, does, jointTask, newTask } from '../world/acts.ts'
import { Consumer } from '../world/consumer.ts'
import { eventually } from '../world/eventually.ts'
import { openWorld } from '../world/world.ts'
import { caughtUp, type Hook, hookOf, NETWORKS, rowOf, uuid, waited } from './hooks.ts'

// What becomes of a webhook: secrets that change, receivers that end it or never answer, keys that end, ranges that are sent again,
// servers that die. Time is moved in the database.

const world = await openWorld({ env: NETWORKS })
const consumers: Consumer[] = []
afterAll(async () => {
  await world.close()
  for (const consumer of consumers) await consumer.down()
})
const receiver = async () => {
  const consumer = await Consumer.open()
  consumers.push(consumer)
  return consumer
}
const torsby = await world.as('Torsby')
const stopped = (hook: Hook) => eventually('the hub stops it', async () => (await rowOf(world, hook)).state === 'STOPPED')

describe('a change of secrets', () => {
  test('is signed for with both for a day, and then with the new one alone; neither is kept anywhere', async () => {
    const consumer = await receiver()
    const hook = await hookOf(torsby, consumer)
    await caughtUp(world, hook)
    const { secret = '' } = await does(torsby, 'changeWebhookSecret', { id: hook.id })
    expect(secret).toMatch(/^whsec_[\w+/]{43}=$/)
    // Whoever knows either believes what comes.
    consumer.secrets = [hook.secret, secret]
    await newTask(torsby)
    await consumer.until('it is told during the change', ({ type }) => type === 'task.created')
    expect(consumer.disbelieved).toEqual([])
    expect(String(consumer.taken.at(-1)?.headers['webhook-signature']).split(' ')).toHaveLength(2)

    await world.sql('update webhook set former_until = now() where id = $1', [uuid(hook.id)])
    consumer.secrets = [secret]
    await does(torsby, 'testWebhook', { id: hook.id })
    const trial = await consumer.until('a trial comes', ({ type }) => type === 'webhook.test')
    expect(consumer.disbelieved).toEqual([])
    expect(trial.data).toEqual({})
    expect(() => new Webhook(hook.secret).verify(trial.body, trial.headers as Record<string, string>)).toThrow(
      'No matching signature',
    )

    const [{ kept } = { kept: '' }] = await world.sql<{ kept: string }>(
      `select (select json_agg(w) from webhook w)::text || (select json_agg(d) from webhook_delivery d)::text
         || (select json_agg(e) from journal_entry e)::text || (select json_agg(j) from jobs.job j)::text as kept`,
    )
    for (const one of [hook.secret, secret]) expect(kept).not.toContain(one.slice('whsec_'.length))
    const bytes = Buffer.from(secret.slice('whsec_'.length), 'base64').toString('hex')
    expect(kept).not.toContain(bytes)
  })

  test('that is repeated does not show the secret again', async () => {
    const hook = await hookOf(torsby, await receiver())
    const input = { id: hook.id, idempotencyKey: mint() }
    const [first, again] = [await act(torsby, 'changeWebhookSecret', input), await act(torsby, 'changeWebhookSecret', input)]
    expect(first['secret']).toMatch(/^whsec_/)
    expect(again).toMatchObject({ secret: null, webhook: { id: hook.id } })
  })

  test('that comes twice at once shows one secret, which is the one that is signed with', async () => {
    const consumer = await receiver()
    const hook = await hookOf(torsby, consumer)
    for (let turn = 0; turn < 5; turn += 1) {
      const input = { id: hook.id, idempotencyKey: mint() }
      const both = await Promise.all([act(torsby, 'changeWebhookSecret', input), act(torsby, 'changeWebhookSecret', input)])
      const shown = both.flatMap(({ secret }) => (typeof secret === 'string' ? secret : []))
      expect(shown).toHaveLength(1)
      consumer.secrets = shown
    }
    await does(torsby, 'testWebhook', { id: hook.id })
    await consumer.until('a trial comes', ({ type }) => type === 'webhook.test')
    expect(consumer.disbelieved).toEqual([])
  })
})

describe('the hub stops sending', () => {
  test('when the receiver says that it is gone', async () => {
    const consumer = await receiver()
    consumer.answer = () => 410
    const hook = await hookOf(torsby, consumer)
    await stopped(hook)
    expect(await rowOf(world, hook)).toMatchObject({ stop: 'GONE', attempts: 1 })
    expect(consumer.deliveries.length).toBe(1)
  })

  test('when nothing was taken for three days, and goes on where it stood when it is resumed', async () => {
    const consumer = await receiver()
    consumer.answer = () => 500
    const hook = await hookOf(torsby, consumer)
    const before = await rowOf(world, hook)
    let attempts = 0
    for (let hours = 0; hours < 72; hours += 8) {
      attempts += 1
      await eventually('it is tried', async () => (await rowOf(world, hook)).attempts >= attempts)
      expect(await rowOf(world, hook)).toMatchObject({ state: 'ACTIVE', seq: before.seq })
      await world.sql(`update webhook set failing_since = failing_since - interval '8 hours' where id = $1`, [uuid(hook.id)])
      await waited(world, hook)
    }
    await stopped(hook)
    expect(await rowOf(world, hook)).toMatchObject({ stop: 'FAILING', attempts: 10 })
    expect(new Set(consumer.deliveries.map(({ id }) => id)).size).toBe(1)

    consumer.answer = () => 204
    await does(torsby, 'resumeWebhook', { id: hook.id })
    await caughtUp(world, hook)
    expect(consumer.taken.map(({ type }) => type)).toEqual(['webhook.made', 'webhook.stopped', 'webhook.resumed'])
    expect(consumer.disbelieved).toEqual([])
  })

  test('when its key is revoked, before anything more is told', async () => {
    const consumer = await receiver()
    const hook = await hookOf(torsby, consumer)
    await caughtUp(world, hook)
    await does(torsby, 'pauseWebhook', { id: hook.id })
    await does(torsby, 'revokeKey', { id: hook.keyId })
    await newTask(torsby, { title: 'Efter nyckeln' })
    expect(await act(torsby, 'resumeWebhook', { id: hook.id })).toMatchObject({ code: 'STATE' })
    await world.sql(`update webhook set state = 'ACTIVE' where id = $1`, [uuid(hook.id)])
    await stopped(hook)
    expect((await rowOf(world, hook)).stop).toBe('KEY_ENDED')
    expect(JSON.stringify(consumer.deliveries)).not.toContain('Efter nyckeln')
  })

  test('when it is paused: what happens meanwhile is told later', async () => {
    const consumer = await receiver()
    const hook = await hookOf(torsby, consumer)
    await caughtUp(world, hook)
    await does(torsby, 'pauseWebhook', { id: hook.id })
    const { id } = await newTask(torsby)
    await does(torsby, 'testWebhook', { id: hook.id })
    await consumer.until('a trial comes all the same', ({ type }) => type === 'webhook.test')
    expect(consumer.taken.map(({ type }) => type)).toEqual(['webhook.made', 'webhook.test'])
    await does(torsby, 'resumeWebhook', { id: hook.id })
    await caughtUp(world, hook)
    expect(JSON.stringify(consumer.taken.at(2)?.data)).toContain('webhook.paused')
    expect(JSON.stringify(consumer.taken.at(3)?.data)).toContain(id)
  })
})

describe('a replay', () => {
  test('brings the same things under the same ids, and a copy that is put together from it is what a query says', async () => {
    const consumer = await receiver()
    const start = await torsby.cursor()
    const hook = await hookOf(torsby, consumer)
    for (let index = 0; index < 4; index += 1) {
      const { id, version } = await newTask(torsby, { title: `Uppgift ${index}` })
      await does(torsby, 'editTask', { id, baseVersion: version, title: `Uppgift ${index}, ändrad` })
    }
    await jointTask(await world.as('Sunne'), { title: 'Sunnes' })
    await caughtUp(world, hook)
    const first = consumer.taken.map(({ id, type }) => `${id} ${type}`)
    const until = await torsby.cursor()
    await does(torsby, 'replayWebhook', { id: hook.id, after: start, until })
    await caughtUp(world, hook)
    // All of it again, then what has happened since: that it was to be sent again.
    const again = consumer.taken.slice(first.length).map(({ id, type }) => `${id} ${type}`)
    const since = again.filter((one) => !first.includes(one))
    expect(again.filter((one) => first.includes(one))).toEqual(first.filter((one) => !one.includes('key.made')))
    expect(since.map((one) => one.split(' ')[1])).toEqual(
      ['key.made', 'webhook.replayed'].filter((kind) => since.some((one) => one.endsWith(kind))),
    )
    expect(consumer.disbelieved).toEqual([])

    const copy = new Map<string, unknown>()
    for (const { data } of consumer.taken) {
      const [change] = (data as { changes: { changes: { subject: { __typename: string; id: string } | null }[] } }).changes
        .changes
      if (change?.subject?.__typename === 'Task') copy.set(change.subject.id, change.subject)
    }
    const nodes = await torsby.query<{ nodes: unknown[] }>(
      'query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id ... on Task { title version } } }',
      { ids: [...copy.keys()] },
    )
    expect([...copy.values()]).toEqual(nodes.nodes)
    expect(copy.size).toBe(5)
  })
})

test('several servers, of which one dies with a delivery in hand: all comes in order, nothing is lost', async () => {
  const other = await world.anotherServer()
  const consumer = await receiver()
  const hook = await hookOf(torsby, consumer)
  await caughtUp(world, hook)
  const titles = Array.from({ length: 12 }, (_, index) => `I handen ${index}`)
  let held = 0
  // The fourth is never answered: whoever sent it dies waiting.
  consumer.answer = ({ data }) => (JSON.stringify(data).includes('I handen 3') && (held += 1) === 1 ? undefined : 204)
  for (const title of titles) await newTask(torsby, { title })
  await eventually('somebody waits for an answer', () => held > 0)
  await world.server.kill()
  await other.kill()
  await world.server.start()
  // Their silence has lasted.
  await world.sql(
    `update jobs.job set heartbeat_on = now() - interval '1 hour', started_on = now() - interval '1 hour' where state = 'active'`,
  )
  await caughtUp(world, hook, 30_000)
  const got = consumer.deliveries.filter(({ type }) => type === 'task.created')
  const once = got.filter(({ id }, index) => got.findIndex((one) => one.id === id) === index)
  expect(once.map(({ body }) => titles.find((title) => body.includes(`"${title}"`)))).toEqual(titles)
  console.log(`killed while sending: ${titles.length} expected, ${once.length} came, ${got.length - once.length} of them twice`)
  expect(consumer.disbelieved).toEqual([])
})

test('each attempt is noted, for a while, with the first of what was answered', async () => {
  const consumer = await receiver()
  let answers = 0
  consumer.answer = () => ((answers += 1) === 1 ? 503 : 200)
  const hook = await hookOf(torsby, consumer)
  await eventually('it was tried', async () => (await rowOf(world, hook)).attempts === 1)
  await waited(world, hook)
  await caughtUp(world, hook)
  const { node } = await torsby.query<{ node: { deliveries: { nodes: Record<string, unknown>[] } } }>(
    'query ($id: ID!) { node(id: $id) { ... on Webhook { deliveries(first: 10) { nodes { kind attempt problem status answer messageId } } } } }',
    { id: hook.id },
  )
  const messageId = consumer.deliveries[0]?.id
  expect(node.deliveries.nodes).toEqual([
    { kind: 'webhook.made', attempt: 2, problem: null, status: 200, answer: 'said 200', messageId },
    { kind: 'webhook.made', attempt: 1, problem: 'STATUS', status: 503, answer: 'said 503', messageId },
  ])
  await world.sql(
    `insert into webhook_delivery (id, webhook_id, message_id, kind, attempt, at, duration_ms, answer)
     select gen_random_uuid(), $1, 'msg', 'old', 1, now() - interval '1 minute' * n, 1, '' from generate_series(1, 300) n`,
    [uuid(hook.id)],
  )
  await newTask(torsby)
  await caughtUp(world, hook)
  const [{ kept } = { kept: 0 }] = await world.sql<{ kept: number }>(
    'select count(*)::int as kept from webhook_delivery where webhook_id = $1',
    [uuid(hook.id)],
  )
  expect(kept).toBe(200)
})
