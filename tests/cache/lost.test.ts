import { afterAll, expect, test } from 'vitest'
import { mint } from '../world/actor.ts'
import { does } from '../world/acts.ts'
import { openWorld } from '../world/world.ts'
import { Holder } from './holder.ts'

const world = await openWorld()
afterAll(world.close)

test('a page that was left before the place in the journal was lost shows what there is when it is opened again', async () => {
  const torsby = await world.as('Torsby')
  const holder = new Holder(torsby)
  await holder.open()
  const task = { id: mint(), title: 'Trygg skolväg', state: 'GIVEN' }
  const { subject } = await does(torsby, 'createTask', task)
  await holder.lose()
  await holder.reopen()
  const pages = await holder.pages(() => true)
  expect(JSON.stringify(pages.map(({ held }) => held))).toContain(subject.id)
  for (const { name, held, fresh } of pages) expect(held, name).toEqual(fresh)

  // From there on it follows, and asks for nothing twice.
  holder.requests = 0
  await does(torsby, 'editTask', { id: subject.id, baseVersion: subject.version, title: 'Tryggare skolväg' })
  await holder.catchUp()
  await holder.reopen()
  for (const { name, held, fresh } of await holder.pages(() => true)) expect(held, name).toEqual(fresh)
  expect(holder.requests).toBe(0)
})
