import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { afterAll, expect, test } from 'vitest'
import { jointTask } from '../world/acts.ts'
import { eventually } from '../world/eventually.ts'
import { openWorld } from '../world/world.ts'

// What the operator's own programs read: how the hub fares, at an address that its users do not reach, and nothing of who does what.

const freePort = () =>
  new Promise<number>((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })
const port = await freePort()
const world = await openWorld({ env: { METRICS_PORT: String(port) } })
afterAll(world.close)
const torsby = await world.as('Torsby')

const read = async () => (await fetch(`http://127.0.0.1:${port}/metrics`)).text()
/** The figure of that name, with all of the given labels; undefined when it is not there. */
const figure = async (name: string, ...labels: string[]): Promise<number | undefined> => {
  const lines = (await read()).split('\n').filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `))
  const found = lines.find((line) => labels.every((label) => line.includes(label)))
  return found === undefined ? undefined : Number(found.slice(found.lastIndexOf(' ')))
}

test('sockets, followers and groups come and go, and what is read for them is counted', async () => {
  expect(await figure('samsyn_sockets')).toBe(0)
  const following = [await torsby.followFromNow(), await torsby.followFromNow(), await (await world.as('Sunne')).followFromNow()]
  await eventually('they are counted', async () => (await figure('samsyn_followers')) === 3)
  expect(await figure('samsyn_sockets')).toBe(3)
  // They ask for what is personal too, so each is told with words of its own.
  expect(await figure('samsyn_groups')).toBe(3)
  const before = (await figure('samsyn_group_executions_total')) ?? 0
  const { id } = await jointTask(torsby, { title: 'Räknas' })
  for (const each of following) await each.until(({ kind, subjectId }) => kind === 'task.shared' && subjectId === id)
  expect(await figure('samsyn_group_executions_total')).toBeGreaterThan(before)
  await eventually('all have been sent all', async () => (await figure('samsyn_followers_behind')) === 0)
  expect(await figure('samsyn_entries_behind')).toBe(0)
  for (const each of following) await each.stop()
  await eventually('they are gone', async () => (await figure('samsyn_followers')) === 0)
})

test('operations by kind and outcome, requests by door, connections and jobs', async () => {
  expect(await figure('samsyn_operation_seconds_count', 'kind="mutation"', 'outcome="ok"')).toBeGreaterThan(0)
  expect(await figure('samsyn_operation_seconds_count', 'kind="subscription"', 'outcome="ok"')).toBeGreaterThan(0)
  expect(await figure('samsyn_request_seconds_count', 'door="graphql"', 'status="2xx"')).toBeGreaterThan(0)
  await fetch(`${world.url}/nowhere/at/all`)
  await eventually(
    'it is a page',
    async () => ((await figure('samsyn_request_seconds_count', 'door="page"', 'status="4xx"')) ?? 0) > 0,
  )
  expect(await figure('samsyn_connections_open')).toBeGreaterThan(0)
  expect(await figure('samsyn_connections_awaited')).toBe(0)
  await world.sql(
    `insert into jobs.job (name, data, start_after) select name, '{}', now() + interval '1 day' from jobs.queue order by name limit 1`,
  )
  expect(await figure('samsyn_jobs', 'state="created"')).toBeGreaterThan(0)
})

test('nobody is named, and the hub’s own address does not have it', async () => {
  const said = await read()
  for (const secret of [torsby.seat.name, torsby.seat.memberId, torsby.slug, 'Torsby', '127.0.0.1'])
    expect(said).not.toContain(secret)
  expect((await fetch(`${world.url}/metrics`)).status).toBe(404)
  expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(404)
})
