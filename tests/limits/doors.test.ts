import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import { withClient } from '@samsyn/prisma/engine/databases'
import { ensureRoles } from '@samsyn/prisma/engine/roles'
import { afterAll, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import type { Actor } from '../world/actor.ts'
import { eventually, inTime } from '../world/eventually.ts'
import { type SocketHolder, upgradeHeaders } from '../world/following.ts'
import { programOf } from '../world/program.ts'
import { openWorld } from '../world/world.ts'
import { errorIn, open, overHttp, type Request, wide } from './asking.ts'

// What is refused at one door is refused at the other, with the same error and the same figures, and the socket lives on. All of it is
// printed as a table.

const RATE = 150_000
const world = await openWorld({ env: { RATE_LIMIT: String(RATE) } })
afterAll(world.close)
const [torsby, munkfors, hagfors] = [await world.as('Torsby'), await world.as('Munkfors'), await world.as('Hagfors')]

/** The same at both doors: the error, word for word and figure for figure, and a socket that goes on. */
const refusedAlike = async (who: Actor, request: Request): Promise<string[]> => {
  const plain = await open(who)
  // Twice: what was refused once is remembered, and must be refused in the same way.
  const [, http] = [await overHttp(who, request), await overHttp(who, request)]
  const [, told] = [await plain.hear({ query: '', ...request }), await plain.hear({ query: '', ...request })]
  const error = errorIn(told)
  expect(error, `refused over HTTP with ${http.message}`).toBeDefined()
  expect(unlike(error?.extensions)).toEqual(unlike(http.extensions))
  if (http.extensions?.['reference'] === undefined) expect(withoutTime(error?.message)).toBe(withoutTime(http.message))
  const lives = (await plain.ask('{ __typename }')) === 'told' || http.extensions?.['code'] === 'RATE_LIMITED'
  expect(plain.socket.readyState).toBe(plain.socket.OPEN)
  await plain.close()
  expect(lives).toBe(true)
  return [String(http.extensions?.['code'] ?? http.message), String(http.status), told.type, 'lives on']
}

/** What differs from moment to moment. */
const unlike = (extensions: object | undefined) => ({
  ...extensions,
  ...(extensions && 'reference' in extensions && { reference: 'of its own' }),
  ...(extensions && 'retryAfter' in extensions && { retryAfter: 'then', remaining: 'then', reset: 'then' }),
})
const withoutTime = (message: string | undefined) => message?.replace(/\d+ ms/, 'a while')

const rows: string[][] = []
afterAll(() => {
  const all = [['refused', 'code', 'HTTP', 'WebSocket', 'the socket'], ...rows]
  const widths = all[0]?.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0))) ?? []
  console.log(all.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')).join('\n'))
})

const nested = (depth: number): string => (depth === 0 ? 'id' : `base { agreement { ${nested(depth - 2)} } }`)
const bomb = (fragments: number): string =>
  `{ viewer { ...F0 } } ${Array.from({ length: fragments }, (_, number) => `fragment F${number} on Viewer { a: member { id } ...F${number + 1} ...F${number + 1} }`).join(' ')} fragment F${fragments} on Viewer { member { name } }`
const introspection = `{ __schema { types { fields { type { fields { type { fields { type { fields { name } } } } } } } } } }`

test.each<[string, Request, string, object]>([
  ['too many words and signs', { query: `{ ${'__typename '.repeat(4_000)} }` }, 'TOO_MANY_TOKENS', { limit: 4_000 }],
  ['the same, in a text that is no document', { query: '{ a '.repeat(3_000) }, 'TOO_MANY_TOKENS', { limit: 4_000 }],
  ['too deep', { query: `{ node(id: "x") { ... on Proposal { ${nested(16)} } } }` }, 'TOO_DEEP', { requested: 18, limit: 15 }],
  [
    'too many aliases',
    { query: `{ ${Array.from({ length: 101 }, (_, number) => `a${number}: __typename`).join(' ')} }` },
    'TOO_MANY_ALIASES',
    { requested: 101, limit: 100 },
  ],
  ['a fragment that doubles, 30 times', { query: bomb(30) }, 'TOO_MANY_ALIASES', { requested: 2 ** 30 - 1 }],
  [
    'too many directives',
    { query: `{ __typename ${'@skip(if: false) '.repeat(51)} }` },
    'TOO_MANY_DIRECTIVES',
    { requested: 51, limit: 50 },
  ],
  ['a full page of full pages', { query: wide }, 'TOO_EXPENSIVE', { requested: 210_302, limit: 150_000 }],
  ['introspection in circles', { query: introspection }, 'GRAPHQL_VALIDATION_FAILED', {}],
  [
    'a document that is known by no hash',
    { extensions: { persistedQuery: { version: 1, sha256Hash: 'a'.repeat(64) } } },
    'PERSISTED_QUERY_NOT_FOUND',
    {},
  ],
  ['no such field', { query: '{ nothing }' }, 'GRAPHQL_VALIDATION_FAILED', {}],
  ['no document', { query: '{' }, 'GRAPHQL_PARSE_FAILED', {}],
])('%s', async (what, request, code, figures) => {
  const row = await refusedAlike(torsby, request)
  rows.push([what, ...row])
  expect((await overHttp(torsby, request)).extensions).toMatchObject({ code, ...figures })
  expect(row.slice(1)).toEqual(['400', 'error', 'lives on'])
})

test('whoever asks too much in a minute is told when to come back, at both doors, and nobody else is', async () => {
  const query = `query ($first: Int!) { collaboration { tasks(first: $first) { nodes { comments(first: 100) { nodes { readers { name } } } } } } }`
  const dear = { query, variables: { first: 100 } }
  const headers = async (who: Actor) => {
    const told = (await overHttp(who, { query: '{ __typename }' })).headers
    return [told?.get('ratelimit-policy'), told?.get('ratelimit'), told?.get('cache-control')]
  }
  expect(await headers(munkfors)).toEqual([`"cost";q=${RATE};w=60`, expect.stringMatching(/^"cost";r=\d{6};t=\d$/), 'no-store'])
  // Each dear one is 60,302 of the 150,000 that a minute has; what comes back meanwhile is 2,500 a second.
  const plain = await open(munkfors)
  expect((await overHttp(munkfors, dear)).status).toBe(200)
  expect((await plain.hear(dear)).type).toBe('next')
  const row = await refusedAlike(munkfors, dear)
  rows.push(['too much in a minute', ...row])
  expect(row).toEqual(['RATE_LIMITED', '429', 'error', 'lives on'])
  const { extensions, headers: told, message } = await overHttp(munkfors, dear)
  const { retryAfter, remaining, ...figures } = extensions as Record<string, number>
  expect(figures).toMatchObject({ code: 'RATE_LIMITED', requested: 60_302, limit: RATE })
  expect(message).toBe(`Too much in a minute; try again in ${retryAfter} ms`)
  expect(told?.get('retry-after')).toBe(String(Math.ceil((retryAfter ?? 0) / 1_000)))
  expect(told?.get('ratelimit')).toMatch(/^"cost";r=\d+;t=\d+$/)
  // It is a matter of units: what costs little is let in, and after a while the dear one too. Nothing was lost with the socket.
  expect(remaining).toBeGreaterThan(1_000)
  expect(await plain.ask('{ __typename }')).toBe('told')
  expect((await overHttp(munkfors, { query, variables: { first: 1 } })).status).toBe(200)
  expect((await overHttp(hagfors, dear)).status).toBe(200)
  // The same person, signed in elsewhere, has no allowance more; a program has its own.
  expect((await overHttp(await world.as('Munkfors'), dear)).status).toBe(429)
  const program = await programOf(world.server, torsby)
  expect((await program.fetch(query, {}, { first: 100 })).status).toBe(200)
  await plain.close()
})

const upgrade = async (who: SocketHolder, headers: Record<string, string>): Promise<number> => {
  const socket = new WebSocket(`${who.origin.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', { headers })
  const [, response] = (await once(socket, 'unexpected-response')) as [unknown, IncomingMessage]
  for (const name of SECURITY) expect(response.headers, `refused at the upgrade: ${name}`).toHaveProperty(name)
  response.resume()
  return response.statusCode ?? 0
}
const SECURITY = [
  'x-content-type-options',
  'referrer-policy',
  'x-frame-options',
  'cross-origin-opener-policy',
  'cross-origin-resource-policy',
]

test('pages of others, and a cookie without a page, come through neither door', async () => {
  const cookie = torsby.cookie ?? ''
  const cases: [string, Record<string, string>][] = [
    ['a page of another origin', { cookie, origin: 'https://elsewhere.example' }],
    ['a cookie without a page', { cookie }],
  ]
  for (const [what, headers] of cases) {
    const body = JSON.stringify({ query: '{ __typename }' })
    const response = await fetch(`${world.url}/graphql`, {
      method: 'POST',
      body,
      headers: { ...headers, 'content-type': 'application/json' },
    })
    for (const name of SECURITY) expect(response.headers.has(name), name).toBe(true)
    const refused = await upgrade(torsby, headers)
    expect([response.status, refused]).toEqual([403, 403])
    rows.push([what, '', String(response.status), `upgrade ${refused}`, 'is not opened'])
  }
  // An open socket has said the same.
  const socket = new WebSocket(`${torsby.origin.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', upgradeHeaders(torsby))
  const [response] = (await once(socket, 'upgrade')) as [IncomingMessage]
  for (const name of SECURITY) expect(response.headers).toHaveProperty(name)
  socket.terminate()
})

/** Says it, and the code with which the socket is closed. */
const closedBy = async (say: string): Promise<number> => {
  const plain = await open(torsby)
  const closed = once(plain.socket, 'close') as Promise<[number]>
  plain.socket.send(say)
  return (await inTime('the socket is closed', closed))[0]
}

test('what is no request at all ends the request, and the socket: a list of operations, or a message over a megabyte', async () => {
  const request = { query: '{ __typename }' }
  const post = async (body: string) =>
    (
      await torsby.fetch('/graphql', {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/json', origin: torsby.origin },
      })
    ).status
  const list = [
    await post(JSON.stringify([request, request])),
    await closedBy(JSON.stringify([{ id: '1', type: 'subscribe', payload: request }])),
  ]
  expect(list).toEqual([400, 4400])
  rows.push(['several operations in one message', '', '400', 'closed 4400', 'comes back'])
  const filling = 'x'.repeat(1_000_000)
  const large = { ...request, variables: { filling } }
  expect([
    await post(JSON.stringify(large)),
    await closedBy(JSON.stringify({ id: '1', type: 'subscribe', payload: large })),
  ]).toEqual([413, 1009])
  rows.push(['a message over a megabyte', '', '413, closed', 'closed 1009', 'comes back'])
  // Just under, both take it.
  const most = { ...request, variables: { filling: filling.slice(200) } }
  expect(await post(JSON.stringify(most))).toBe(200)
  const plain = await open(torsby)
  expect((await plain.hear(most)).type).toBe('next')
  await plain.close()
})

test('a surprise is told by a reference alone, at both doors', async () => {
  await world.sql('alter table search_word rename to search_word_away')
  const request = { query: '{ search(text: "belysning") { nodes { subject { id } } } }' }
  const plain = await open(torsby)
  const http = await overHttp(torsby, request)
  const error = errorIn(await plain.hear(request))
  await world.sql('alter table search_word_away rename to search_word')
  for (const { message, extensions } of [http, error ?? { message: undefined, extensions: undefined }]) {
    expect(message).toBe('Unexpected error')
    expect(extensions).toEqual({ code: 'INTERNAL_SERVER_ERROR', reference: expect.any(String) })
    const { reference } = extensions as { reference: string }
    const logged = () => world.log.filter((line) => line['reference'] === reference)
    // The log is written when there is time for it.
    await eventually('the log has it', () => logged().length > 0)
    expect(logged()).toHaveLength(1)
  }
  expect(await plain.ask(request.query)).toBe('told')
  rows.push(['a surprise', 'INTERNAL_SERVER_ERROR', String(http.status), 'next', 'lives on'])
  await plain.close()
})

test('who loses the database while they are looked up may come again, at both doors', async () => {
  const request = { query: '{ viewer { person { name } } }' }
  const waiting = `select pid from pg_stat_activity where datname = current_database() and application_name = 'samsyn' and wait_event_type = 'Lock'`
  const { applicationUrl } = await ensureRoles(world.ownerUrl)
  const plain = await open(torsby)
  // As the application: a role's connections are its own to see and to end.
  const [http, live, list] = await withClient(applicationUrl, (own) =>
    withClient(world.ownerUrl, async (client) => {
      await client.query('begin; lock table session')
      const asked = [overHttp(torsby, request), plain.hear(request), torsby.fetch(`/c/${torsby.slug}/export/tasks.csv`)] as const
      await eventually('all of them wait', async () => (await own.query(waiting)).rows.length >= asked.length)
      await own.query(`select pg_terminate_backend(pid) from (${waiting}) as waiting`)
      const answers = await Promise.all(asked)
      await client.query('rollback')
      return answers
    }),
  )
  const again = { code: 'TRY_AGAIN', retryAfter: 1_000 }
  expect(http).toMatchObject({ status: 503, extensions: again })
  expect(errorIn(live)?.extensions).toEqual(again)
  expect([list.status, list.headers.get('retry-after')]).toEqual([503, '1'])
  expect(await plain.ask(request.query)).toBe('told')
  rows.push(['the database is away', 'TRY_AGAIN', String(http.status), 'error', 'lives on'])
  await plain.close()
})
