import { withClient } from '@samsyn/prisma/engine/databases'
import { afterAll, expect, test } from 'vitest'
import { mint, uuidOf, type Actor } from '../world/actor.ts'
import { act, jointTask } from '../world/acts.ts'
import { eventually } from '../world/eventually.ts'
import { openWorld } from '../world/world.ts'
import { errorIn, open, overHttp, type Refusal, type Request } from './asking.ts'

// What is saved is never said not to be: when all connections are taken between a commit and the reading of its answer, whoever
// asked is told that it has been done, and the same under its key is answered in full.

const world = await openWorld({ env: { DATABASE_POOL: '2' } })
afterAll(world.close)

const EDIT = `mutation ($input: EditTaskInput!) { editTask(input: $input) { __typename ... on TaskChanged { task { title version } } } }`

/** Waits in the middle of its act until all connections that it could read its answer with are somebody else's. */
const unread = async (ask: (request: Request) => Promise<Refusal>, torsby: Actor) => {
  const { id, version } = await jointTask(torsby, { title: 'Belysning vid busshållplatsen' })
  const input = { id, baseVersion: version, title: 'Belysning vid båda hållplatserna', idempotencyKey: mint() }
  const others = await Promise.all([1, 2, 3, 4].map(() => world.as('Munkfors')))
  const waiting = async (number: number) => {
    const asked = 'select count(*)::int from pg_locks where not granted and locktype = any($1)'
    const [row] = await world.sql<{ count: number }>(asked, [['relation', 'transactionid', 'tuple']])
    return (row?.count ?? 0) >= number
  }
  const [answer, held] = await withClient(world.ownerUrl, (row) =>
    withClient(world.ownerUrl, async (sessions) => {
      await row.query('begin')
      await row.query('select 1 from task where id = $1 for update', [uuidOf(id)])
      const asking = ask({ query: EDIT, variables: { input } })
      await eventually('the edit waits', () => waiting(1))
      await sessions.query('begin; lock table session')
      const held = others.map((other) => overHttp(other, { query: '{ __typename }' }))
      await eventually('somebody else waits with the other connection', () => waiting(2))
      await row.query('rollback')
      const answer = await asking
      await sessions.query('rollback')
      return [answer, await Promise.all(held)] as const
    }),
  )
  expect(held.some(({ extensions }) => extensions?.['code'] === 'TRY_AGAIN')).toBe(true)
  const again = await act(torsby, 'editTask', input)
  return { answer, again, version }
}

test('an act whose answer cannot be read is told as done, at both doors', async () => {
  const torsby = await world.as('Torsby')
  const plain = await open(torsby)
  const overSocket = async (request: Request): Promise<Refusal> => {
    const { message, extensions } = errorIn(await plain.hear({ query: '', ...request })) ?? {}
    return { status: 0, message, extensions }
  }
  for (const ask of [(request: Request) => overHttp(torsby, request), overSocket]) {
    const { answer, again, version } = await unread(ask, torsby)
    expect(answer.extensions).toEqual({ code: 'ANSWER_LOST', retryAfter: 1_000 })
    expect(again).toMatchObject({ task: { title: 'Belysning vid båda hållplatserna', version: version + 1 } })
  }
  await plain.close()
}, 60_000)
