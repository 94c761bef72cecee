import { afterAll, expect, onTestFinished, test } from 'vitest'
import { openBrowser } from './browser.ts'
import { openWorld } from './world.ts'

const world = await openWorld()
afterAll(world.close)

test('everybody of the cast can be played, and each sees the tasks of their own party', async () => {
  const torsby = await world.as('Torsby')
  const polisen = await world.as('Polisen', 'CONTRIBUTOR')
  const tasks = '{ viewer { member { name } party { name } } collaboration { tasks(first: 100) { totalCount } } }'
  expect(await torsby.query(tasks)).toMatchObject({
    viewer: { member: { name: 'Torbjörn Torsbyberg' }, party: { name: 'Torsby' } },
  })
  expect(await polisen.query(tasks)).toMatchObject({
    viewer: { member: { name: 'Pontus Polisson' }, party: { name: 'Polisen' } },
  })
})

test('a restarted server answers on the same address and still knows who is signed in', async () => {
  const torsby = await world.as('Torsby')
  const { url } = world
  await world.server.kill()
  await world.server.start()
  expect(world.url).toBe(url)
  expect(await torsby.query('{ viewer { party { name } } }')).toEqual({ viewer: { party: { name: 'Torsby' } } })
})

test('a browser opens, as somebody who is signed in', async () => {
  const browser = await openBrowser()
  onTestFinished(browser.close)
  const page = await browser.as(await world.as('Hagfors'))
  const response = await page.goto('/auth/demo')
  expect(response?.status()).toBe(200)
  expect(await page.context().cookies()).toHaveLength(1)
})
