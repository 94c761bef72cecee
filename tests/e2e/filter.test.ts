import { afterAll, expect, test } from 'vitest'
import { dictionary } from '../../client/src/lib/language/sv/dictionary.ts'
import { jointTask } from '../world/acts.ts'
import { openBrowser } from '../world/browser.ts'
import { openWorld } from '../world/world.ts'

// With the mouse, as most people: what is pressed is the word, not the little box before it.

const { tasks: w, ui } = dictionary

const world = await openWorld()
const browser = await openBrowser()
afterAll(async () => {
  await browser.close()
  await world.close()
})

const torsby = await world.as('Torsby')
await jointTask(torsby, { title: 'Äldst på tavlan', state: 'ONGOING' })
const page = await browser.as(torsby, { viewport: { width: 1280, height: 900 } })
let crashed = false
page.on('crash', () => (crashed = true))
const room = `/c/${torsby.slug}/tasks`
await page.goto(room)
await page.locator('[data-connection=live]').waitFor()

const panel = page.getByRole('search').locator('.panel')
const word = (name: string) => panel.getByText(name, { exact: true })

test('the word chooses what it stands for, and what can be chosen stays in sight', async () => {
  await page.locator('summary', { hasText: w.filter.open }).click()
  await word(ui.state.ONGOING).click()
  await page.waitForURL(/state=ONGOING/)
  await panel.locator('label', { hasText: 'Torsby' }).first().click()
  await page.waitForURL(/party=/)
  expect(await panel.isVisible()).toBe(true)
  expect(await panel.getByRole('checkbox', { checked: true }).count()).toBe(2)
  expect(crashed).toBe(false)
})

test('a press beside it shuts it', async () => {
  await page.getByRole('heading', { level: 1 }).click()
  await panel.waitFor({ state: 'hidden' })
  expect(crashed).toBe(false)
})

test('a party by name: where it is named, and one press away what it answers for', async () => {
  await page.goto(room)
  await page.locator('[data-connection=live]').waitFor()
  await page.getByRole('searchbox').fill('hagfors')
  await page.getByRole('link', { name: w.filter.named('Hagfors') }).click()
  await page.waitForURL(/party=/)
  expect(await page.getByRole('searchbox').inputValue()).toBe('')
  const cards = page.locator('article.card')
  await cards.first().waitFor()
  expect(await cards.filter({ has: page.getByRole('img', { name: 'Hagfors' }) }).count()).toBe(await cards.count())
})

test('the headings of the list order it, and give the order of the board back', async () => {
  await page.goto(`${room}?view=list`)
  await page.locator('[data-connection=live]').waitFor()
  const titles = () => page.locator('tbody th').allInnerTexts()
  const board = await titles()
  const heading = page.getByRole('columnheader', { name: w.title })
  await heading.getByRole('link').click()
  await page.waitForURL(/sort=TITLE/)
  await page.locator('th[aria-sort=ascending]').waitFor()
  const named = await titles()
  expect(named).not.toEqual(board)
  expect(named).toEqual(named.toSorted((a, b) => a.localeCompare(b, 'sv')))
  await heading.getByRole('link').click()
  await page.waitForURL((url) => !url.search.includes('sort'))
  expect(await titles()).toEqual(board)
})
