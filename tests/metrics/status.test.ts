import { afterAll, expect, test } from 'vitest'
import { eventually } from '../world/eventually.ts'
import { openWorld } from '../world/world.ts'

// How the hub fares, as an administrator sees it: words and delays, for nobody else, and without a figure of what others do.

const world = await openWorld()
afterAll(world.close)
const STATUS = '{ hubStatus { version startedAt parts { name state waited } } }'
type Told = { hubStatus: { parts: { name: string; state: string; waited: number }[] } | null }

test('whoever looks after people is told, others are not, through either door', async () => {
  const ada = await world.as('Torsby', 'ADMIN')
  // What the pilot is planted with is old, and is read first.
  const hubStatus = await eventually('the inboxes are made', async () => {
    const told = (await ada.query<Told>(STATUS)).hubStatus
    return told?.parts[0]?.state === 'WORKS' && told
  })
  expect(hubStatus).toMatchObject({ version: expect.stringMatching(/^\d+\.\d+\.\d+$/) as unknown })
  expect(hubStatus.parts).toEqual([
    { name: 'INBOX', state: 'WORKS', waited: expect.any(Number) as unknown },
    // There is no SMTP_URL.
    { name: 'MAIL', state: 'OFF', waited: 0 },
    { name: 'PUSH', state: 'WORKS', waited: 0 },
    { name: 'WEBHOOKS', state: 'WORKS', waited: 0 },
  ])
  for (const other of [await world.as('Torsby', 'CONTRIBUTOR'), await world.as('Sunne', 'OBSERVER')]) {
    expect(await other.query(STATUS)).toEqual({ hubStatus: null })
    expect((await other.askLive(STATUS)).data).toEqual({ hubStatus: null })
  }
  const { data, errors } = await world.visitor().ask(STATUS)
  expect([data, errors?.[0]?.extensions?.['code']]).toEqual([{ hubStatus: null }, 'UNAUTHENTICATED'])
})

test('what waits for more than a minute is late, and says for how long', async () => {
  const ada = await world.as('Torsby', 'ADMIN')
  const partOf = async (name: string) => (await ada.query<Told>(STATUS)).hubStatus?.parts.find((part) => part.name === name)
  await world.sql(
    `insert into jobs.job (name, data, state, started_on, start_after)
     values ('letters', '{"channel":"PUSH"}', 'retry', now() - interval '5 minutes', now() + interval '1 hour')`,
  )
  expect(await partOf('PUSH')).toMatchObject({ state: 'LATE', waited: expect.closeTo(300, -2) as unknown })
  expect(await partOf('WEBHOOKS')).toMatchObject({ state: 'WORKS' })
  await world.sql(`delete from jobs.job where state = 'retry'`)
  expect(await partOf('PUSH')).toMatchObject({ state: 'WORKS', waited: 0 })
})
