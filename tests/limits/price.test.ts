import { afterAll, expect, test } from 'vitest'
import { newTask } from '../world/acts.ts'
import { FOLLOW } from '../world/following.ts'
import { openWorld } from '../world/world.ts'
import { errorIn, open, overHttp, wide } from './asking.ts'

// What an operation costs is known before it is executed, from the document and its variables, the same at both doors.

const world = await openWorld()
afterAll(world.close)
const torsby = await world.as('Torsby')
const LIMIT = 150_000
const RATE = 5_000_000

test('the same document is dear with one page and cheap with another, whichever came first', async () => {
  const plain = await open(torsby)
  for (const first of [100, 1, 100, null, 1]) {
    const request = { query: wide, variables: { first }, extensions: { cost: true } }
    const code = first === 1 ? undefined : 'TOO_EXPENSIVE'
    expect((await overHttp(torsby, request)).extensions?.['code']).toBe(code)
    expect(errorIn(await plain.hear(request))?.extensions?.code).toBe(code)
  }
  await plain.close()
})

test('a page is a hundred at most, whatever is asked for, and costs what it holds', async () => {
  const query = '{ collaboration { tasks(first: 1000000) { nodes { id } } } }'
  const plain = await open(torsby)
  const cost = { requested: 202, limit: LIMIT }
  expect((await torsby.ask(query, {}, { cost: true })).extensions).toMatchObject({ cost })
  expect((await plain.hear({ query, extensions: { cost: true } })).payload).toMatchObject({ extensions: { cost } })
  await plain.close()
})

test('whoever asks is told the price and what is left; whoever does not, is not', async () => {
  const plain = await open(torsby)
  const query = '{ viewer { member { name } party { name } } }'
  const price = { cost: { requested: 103, limit: LIMIT }, rateLimit: { limit: RATE } }
  const over = await torsby.ask(query, {}, { cost: true })
  expect(over.extensions).toMatchObject(price)
  expect((await plain.hear({ query, extensions: { cost: true } })).payload).toMatchObject({ extensions: price })
  expect((await torsby.ask(query)).extensions).toBeUndefined()
  expect((await plain.hear({ query })).payload).not.toHaveProperty('extensions')
  // An act has its price too, and what is followed: over a socket by itself, as nobody else is told it.
  const act = 'mutation { archiveTask(input: { id: "x" }) { __typename } }'
  expect((await torsby.ask(act, {}, { cost: true })).extensions).toMatchObject({ cost: { requested: 201 } })
  const after = await torsby.cursor()
  await newTask(torsby)
  const follow = { query: FOLLOW, variables: { after }, extensions: { cost: true } }
  const followed = (await plain.hear(follow)).payload
  expect(followed).toMatchObject({
    data: { changes: { changes: [{ kind: 'task.created' }] } },
    extensions: { rateLimit: { limit: RATE } },
  })
  await plain.close()
})
