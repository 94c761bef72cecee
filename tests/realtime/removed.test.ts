import { afterAll, expect, test } from 'vitest'
import { does, jointTask } from '../world/acts.ts'
import { openWorld } from '../world/world.ts'

const world = await openWorld()
afterAll(world.close)

test('a member removed while following: silent at the next entry, closed within seconds, refused at once', async () => {
  const [torsby, contributor] = [await world.as('Torsby'), await world.as('Torsby', 'CONTRIBUTOR')]
  const sunne = await world.as('Sunne')
  const leaving = await contributor.followFromNow()
  const staying = await torsby.followFromNow()
  await jointTask(sunne, { title: 'Före' })
  await leaving.until('task.shared')

  await does(torsby, 'removeMember', { id: contributor.memberId })
  const removedAt = performance.now()
  const refused = await contributor.ask('{ cursor }')
  expect(refused.errors?.[0]?.extensions?.['code']).toBe('UNAUTHENTICATED')
  await jointTask(sunne, { title: 'Efter' })
  await staying.until((change) => change.kind === 'task.shared' && change.subjectId !== leaving.changes.at(-1)?.subjectId)
  expect(await leaving.closed).toBe(4403)
  const seconds = (performance.now() - removedAt) / 1000
  console.log(`a removed member's socket is closed after ${seconds.toFixed(2)} s`)
  expect(seconds).toBeLessThan(5)
  // Nothing of what came after, not even of the removal itself.
  expect(leaving.changes.map(({ kind }) => kind)).toEqual(['task.shared'])
})

test('without anything happening, the socket is closed all the same', async () => {
  const [hagfors, contributor] = [await world.as('Hagfors'), await world.as('Hagfors', 'CONTRIBUTOR')]
  const following = await contributor.followFromNow()
  await does(hagfors, 'changeMember', { id: contributor.memberId, baseVersion: 2, title: 'Utredare' })
  await following.until('member.changed')
  await world.sql(`delete from session where person_id = (select person_id from member where id = $1)`, [
    contributor.seat.memberId,
  ])
  expect(await following.closed).toBe(4403)
})

test('signing out closes what that session had open, and nothing of anybody else', async () => {
  const pia = await world.as('Polisen')
  const again = await world.as('Polisen')
  const [following, other] = [await pia.followFromNow(), await again.followFromNow()]
  await jointTask(again)
  await Promise.all([following.until('task.shared'), other.until('task.shared')])
  expect((await pia.submit('/auth/sign-out', {})).status).toBe(303)
  expect(await following.closed).toBe(4403)
  await jointTask(again)
  await other.count(4)
})
