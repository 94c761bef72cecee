import { afterAll, expect, test } from 'vitest'
import { act, does, jointTask } from '../world/acts.ts'
import { mint } from '../world/actor.ts'
import { openWorld } from '../world/world.ts'

// One who stops reading costs the hub nothing and the others nothing: nothing is kept for a slow socket, it reads the
// journal when it wakes.

const ENTRIES = process.env['PROVE'] ? 10_000 : 200
const world = await openWorld()
afterAll(world.close)

const megabytes = (bytes: number) => (bytes / 1_048_576).toFixed(1)

test(`a socket that does not read through ${ENTRIES} entries`, async () => {
  const torsby = await world.as('Torsby')
  const police = await world.as('Polisen')
  const tasks = await Promise.all(Array.from({ length: 20 }, () => jointTask(torsby)))
  // Texts that would fill every buffer on the way many times over, if they were sent.
  const text = 'Så här långt har vi kommit. '.repeat(300)

  const write = async (entries: number) => {
    let made = 0
    const one = async ({ id }: { id: string }) => {
      while (made < entries) {
        made += 1
        const input = { id: mint(), task: id, audience: 'AS_PARENT', text: `${made} ${text}` }
        expect(await act(torsby, 'writeComment', input)).toMatchObject({ __typename: 'CommentChanged' })
      }
    }
    await Promise.all(tasks.map(one))
  }
  // The heap grows with any work: the same is done twice, first with nobody stalled.
  const idle = world.server.memory
  await write(ENTRIES)
  const warm = world.server.memory

  const stalled = await police.followFromNow()
  const reading = await police.followFromNow()
  await does(torsby, 'moveTask', { id: tasks[0]?.id, state: 'ONGOING' })
  await Promise.all([stalled.until('task.moved'), reading.until('task.moved')])
  stalled.socket?.pause()

  const before = world.server.memory
  await write(ENTRIES)
  const told = await reading.count(ENTRIES + 1, 60_000)
  const after = world.server.memory
  console.log(
    `a socket stalled through ${ENTRIES} entries of ${(text.length / 1024).toFixed(0)} KB: the server's memory grew by ` +
      `${megabytes(after - before)} MB to ${megabytes(after)} MB, by ${megabytes(warm - idle)} MB through as many without it; ` +
      `the stalled one was told of ${stalled.changes.length}`,
  )
  expect(new Set(told.map(({ id }) => id)).size).toBe(ENTRIES + 1)
  expect(stalled.changes.length).toBeLessThan(ENTRIES)

  // It wakes: either its socket still stands, or it was given up for dead and the follower goes on from its cursor.
  stalled.socket?.resume()
  await stalled.count(ENTRIES + 1, 60_000).catch(() => stalled.over)
  const late = [...stalled.changes]
  if (late.length < told.length)
    late.push(...(await police.follow({ after: stalled.cursor }).count(told.length - late.length, 60_000)))
  expect(late.map(({ id }) => id)).toEqual(told.map(({ id }) => id))
  expect(await torsby.query('{ __typename }')).toEqual({ __typename: 'Query' })
}, 1_200_000)
