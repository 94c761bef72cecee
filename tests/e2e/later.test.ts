import { afterAll, expect, test } from 'vitest'
import { dictionary } from '../../client/src/lib/language/sv/dictionary.ts'
import { does, jointTask } from '../world/acts.ts'
import { openBrowser } from '../world/browser.ts'
import { openWorld } from '../world/world.ts'

// A browser that never has time: no card comes alive by itself. Whoever turns to one finds it alive all the same, by mouse and by
// keys, and up to date.

const { tasks: w } = dictionary

const world = await openWorld()
const browser = await openBrowser()
afterAll(async () => {
  await browser.close()
  await world.close()
})

const torsby = await world.as('Torsby')
const hagfors = await world.as('Hagfors')
const first = await jointTask(torsby, { title: 'Väntar på musen' })
await jointTask(torsby, { title: 'Väntar på tangenten' })

const page = await browser.as(torsby, { viewport: { width: 1280, height: 900 } })
await page.addInitScript(() => {
  window.requestIdleCallback = () => 0
})
const waiting = () => page.evaluate(() => document.documentElement.dataset.ready === undefined)
const cardOf = (title: string) => page.locator('article.card', { hasText: title })

await page.goto(`/c/${torsby.slug}/tasks`)
await page.locator('[data-connection=live]').waitFor()

test('what is pressed first is done, and says what happened meanwhile', async () => {
  await does(hagfors, 'editTask', { id: first.id, baseVersion: first.version, title: 'Har väntat på musen' })
  expect(await waiting()).toBe(true)
  await cardOf('på musen').hover()
  await page.getByRole('button', { name: w.moreFor('Har väntat på musen') }).click()
  await page.getByRole('menu').waitFor()
  await page.keyboard.press('Escape')
})

test('a card is carried by keys, and what is written is searched for', async () => {
  await page.getByRole('link', { name: 'Väntar på tangenten', exact: true }).focus()
  await page.keyboard.press('Space')
  await page.locator('[data-held]').waitFor()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Space')
  await page.locator('[data-column=ONGOING]').getByText('Väntar på tangenten').waitFor()
  await page.getByRole('searchbox').fill('Har väntat')
  await page.waitForURL(/q=/)
  expect(await waiting()).toBe(true)
})
