import { connect } from 'node:net'
import { serverAudits } from 'graphql-http'
import { afterAll, describe, expect, test } from 'vitest'
import { openWorld } from '../world/world.ts'

const world = await openWorld()
afterAll(world.close)
const torsby = await world.as('Torsby')
const json = { 'content-type': 'application/json' }
const page = { ...json, origin: world.url }
const post = (body: string, headers: Record<string, string> = {}) =>
  torsby.fetch('/graphql', { method: 'POST', body, headers: { ...page, 'samsyn-collaboration': 'sutohamu', ...headers } })

/** Sends without saying how much, and goes on until it is told to stop or thirty megabytes have gone. */
const sendEndlessly = async (origin: string): Promise<string> => {
  const socket = connect(world.server.port, 'localhost')
  let heard = ''
  socket.on('data', (data: Buffer) => (heard += data.toString('latin1')))
  const closed = new Promise((resolve) => socket.once('close', resolve))
  socket.on('error', () => undefined) // Told by `closed`.
  const head = [
    'POST /graphql HTTP/1.1',
    'host: localhost',
    `cookie: ${torsby.cookie}`,
    `origin: ${origin}`,
    'content-type: application/json',
    'transfer-encoding: chunked',
  ]
  socket.write(`${head.join('\r\n')}\r\n\r\n`)
  const chunk = `${(100_000).toString(16)}\r\n${' '.repeat(100_000)}\r\n`
  for (let sent = 0; sent < 300 && !socket.destroyed; sent += 1)
    if (!socket.write(chunk)) await Promise.race([new Promise((resolve) => socket.once('drain', resolve)), closed])
  await closed
  return `${/^HTTP\/1.1 (\d+)/.exec(heard)?.[1] ?? 'unanswered'}, closed`
}

describe('GraphQL over HTTP, by the audits of graphql-http', () => {
  const audits = serverAudits({ url: () => `${world.url}/graphql`, fetchFn: fetch })
  test('there are 61 of them', () => expect(audits).toHaveLength(61))
  test.each(audits.map((audit) => [audit.id, audit.name, audit] as const))('%s %s', async (_id, _name, audit) => {
    expect(await audit.fn()).toMatchObject({ status: 'ok' })
  })
})

describe('requests beyond the bounds', () => {
  test('a body over a megabyte is refused with 413, said by its length or not', async () => {
    const body = JSON.stringify({ query: '{ __typename }', variables: { filling: 'x'.repeat(1_000_000) } })
    expect((await post(body)).status).toBe(413)
    expect(await sendEndlessly('http://localhost')).toBe('413, closed')
    expect(await sendEndlessly('http://elsewhere')).toBe('403, closed')
    expect(await torsby.query('{ __typename }')).toEqual({ __typename: 'Query' })
  })

  test('several operations in one body are refused', async () => {
    const response = await post(JSON.stringify([{ query: '{ __typename }' }, { query: '{ __typename }' }]))
    expect(response.status).toBe(400)
  })

  test('what is no JSON, no GraphQL or no field of ours is told as such, without a reference', async () => {
    for (const body of ['', '{', '"text"', 'null', '{"query":1}', '{"query":"{"}', '{"query":"{ nothing }"}']) {
      const response = await post(body, { accept: 'application/graphql-response+json' })
      expect(response.status, body).toBe(400)
      expect(await response.text(), body).not.toContain('reference')
    }
  })

  test('an unknown path answers nothing of GraphQL', async () => {
    expect(
      (await torsby.fetch('/graphql/x', { method: 'POST', body: '{"query":"{ __typename }"}', headers: page })).status,
    ).not.toBe(200)
  })
})

describe('who asks', () => {
  const tasks = '{ collaboration { name tasks { totalCount } } }'

  test('without a session, without a collaboration, or in one without a seat: nothing is told', async () => {
    const nobody = await world.visitor().ask(tasks)
    expect(nobody.data ?? { collaboration: null }).toEqual({ collaboration: null })
    const inNone = await torsby.fetch('/graphql', { method: 'POST', body: JSON.stringify({ query: tasks }), headers: page })
    expect(await inNone.json()).toEqual({ data: { collaboration: null } })
    const elsewhere = await post(JSON.stringify({ query: tasks }), { 'samsyn-collaboration': 'elsewhere' })
    expect(await elsewhere.json()).toEqual({ data: { collaboration: null } })
  })

  test('nobody may act or follow without a seat, through either door', async () => {
    for (const document of [
      'mutation { archiveTask(input: { id: "x" }) { __typename } }',
      '{ cursor }',
      '{ changes(after: "x") { __typename } }',
    ]) {
      const { errors } = await world.visitor().ask(document)
      expect(errors?.[0]?.extensions?.['code'], document).toBe('UNAUTHENTICATED')
    }
  })

  test('a made-up cookie is no session', async () => {
    const guess = { cookie: `samsyn-${world.server.port}=${'A'.repeat(43)}` }
    const response = await world
      .visitor()
      .fetch('/graphql', { method: 'POST', body: '{"query":"{ viewer { member { id } } }"}', headers: { ...page, ...guess } })
    expect(await response.json()).toEqual({ data: { viewer: null } })
  })
})
