import { afterAll, expect, test } from 'vitest'
import { mint } from '../world/actor.ts'
import { does, newTask } from '../world/acts.ts'
import { Consumer } from '../world/consumer.ts'
import { eventually } from '../world/eventually.ts'
import { programOf } from '../world/program.ts'
import { openWorld } from '../world/world.ts'
import { caughtUp, NETWORKS, rowOf } from './hooks.ts'

// What is executed for a webhook is taken from what its key may spend, as if the key had asked. When that is spent, what is to be sent waits.

const world = await openWorld({ env: { ...NETWORKS, COST_LIMIT: '3000', RATE_LIMIT: '3000' } })
const consumer = await Consumer.open()
afterAll(async () => {
  await world.close()
  await consumer.down()
})
const torsby = await world.as('Torsby')
const tuva = await world.as('Torsby', 'CONTRIBUTOR')
/** Dearer than the least that may be asked: when nothing is left for that, nothing is left for this. */
const DEAR = `subscription { changes { ... on ChangeBatch { changes { id kind
  subject { ... on Task { title responsible { id } assignees { id } readers { id } } } } } } }`

test('a program that spends all that its key may spend makes the webhook wait; nothing is lost, and nothing has failed', async () => {
  const program = await programOf(world.server, torsby)
  const wanted = { id: mint(), name: 'Diariet', url: consumer.url, document: DEAR, key: program.made.id }
  const made = await does(torsby, 'makeWebhook', wanted)
  const hook = { id: made.subject.id }
  consumer.secrets = [made.secret ?? '']
  await caughtUp(world, hook)

  let asked = 0
  const spent = async () => {
    asked += 1
    const { errors } = await program.ask('{ cursor }')
    return errors?.[0]?.extensions?.['code'] === 'RATE_LIMITED'
  }
  await eventually('all of it is spent', spent, 30_000)
  const title = 'Väntar på sin tur'
  await newTask(tuva, { title })
  const waiting = async () => {
    const { attempts, failing_since: failing, next_attempt_at: next } = await rowOf(world, hook)
    return next !== null && next > new Date() && attempts === 0 && failing === null
  }
  await eventually('it waits', waiting)
  expect(consumer.deliveries.some(({ body }) => body.includes(title))).toBe(false)
  // There is more to spend with every second.
  await consumer.until('it has come', ({ body }) => body.includes(title), 30_000)
  await caughtUp(world, hook)
  console.log(`${asked} questions by the program spent a minute's worth; the delivery waited for its share`)
  expect(await world.sql('select from webhook_delivery where problem is not null or attempt > 1')).toEqual([])
  expect(await rowOf(world, hook)).toMatchObject({ state: 'ACTIVE', attempts: 0, failing_since: null })
  expect(consumer.disbelieved).toEqual([])
})
