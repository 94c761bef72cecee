import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Hands } from '../accessibility/hands.ts'
import { wordsOf } from '../accessibility/stage.ts'
import { openBrowser, type TestBrowser } from '../world/browser.ts'
import { openWorld, type World } from '../world/world.ts'

// Finding and doing by the keyboard alone, by the page of search, and without any script.

const t = wordsOf('sv')
const title = 'Medborgarlöften: samma tidplan i fyra kommuner'

let world: World
let browser: TestBrowser
let page: Page
let hands: Hands
let plain: BrowserContext
beforeAll(async () => {
  ;[world, browser] = await Promise.all([openWorld(), openBrowser()])
  page = await browser.as(await world.as('Torsby'))
  hands = new Hands(page)
  plain = await browser.open({ baseURL: world.url, javaScriptEnabled: false })
})
afterAll(async () => {
  await browser.close()
  await world.close()
})

const ready = () => page.locator('html[data-ready]').waitFor({ state: 'attached' })
const field = () => page.getByRole('combobox', { name: t.search.palette.label })
const dialog = () => page.getByRole('dialog')
/** What is shown is for all letters typed: until then what an arrow points at may go. */
const answered = () => page.locator('[role=listbox][aria-busy=false]').waitFor()
const chosen = () => page.locator('[role=option][aria-selected=true]')

test('Ctrl K opens it where one is; a few letters and Enter open a task', async () => {
  await page.goto('/c/sutohamu/members')
  await ready()
  await hands.press('Control+k')
  await hands.findsFocusAt(field())
  await hands.type('medborgarlofte')
  await page.getByRole('option', { name: title }).waitFor()
  await answered()
  const first = await chosen().getAttribute('id')
  expect(await field().getAttribute('aria-activedescendant')).toBe(first)
  await hands.press('ArrowDown')
  expect(await field().getAttribute('aria-activedescendant')).not.toBe(first)
  await hands.press('ArrowUp')
  expect(await chosen().textContent()).toContain(title)
  await hands.press('Enter')
  await page.getByRole('heading', { level: 1, name: title }).waitFor()
  await dialog().waitFor({ state: 'detached' })
})

test('what was opened lately is there before a letter is written; Escape gives focus back', async () => {
  await hands.tabTo(page.getByRole('link', { name: t.ui.search }), 'Shift+Tab')
  await hands.press('Enter')
  await hands.findsFocusAt(field())
  expect(await chosen().textContent()).toContain(title)
  await hands.press('Escape')
  await hands.findsFocusAt(page.getByRole('link', { name: t.ui.search }))
})

test('it goes to rooms, and begins a new task', async () => {
  await hands.press('Control+k')
  await hands.findsFocusAt(field())
  // What is found comes late, and to stand before what has been chosen.
  const late = Promise.withResolvers<undefined>()
  await page.route('**/graphql', async (route) => {
    await late.promise
    await route.continue()
  })
  await hands.type(t.search.palette.newTask)
  await page.getByRole('option', { name: t.search.palette.searchFor(t.search.palette.newTask) }).waitFor()
  // Acts stand last.
  await hands.press('ArrowUp')
  expect(await chosen().textContent()).toContain(t.search.palette.newTask)
  const before = await page.getByRole('option').count()
  late.resolve(undefined)
  await expect.poll(() => page.getByRole('option').count()).toBeGreaterThan(before)
  expect(await chosen().textContent()).toContain(t.search.palette.newTask)
  await page.unroute('**/graphql')
  await hands.press('Enter')
  await page.waitForURL(/\/tasks#new$/)
  await page.getByRole('textbox', { name: t.tasks.addTo(t.ui.state.GIVEN) }).waitFor()
})

test('? tells of all keys; no key does anything while one writes, and single keys can be turned off', async () => {
  await page.goto('/c/sutohamu/search')
  await ready()
  await page.getByRole('searchbox').focus()
  await hands.type('?/')
  expect(await dialog().count()).toBe(0)
  await page.getByRole('searchbox').blur()
  await hands.press('?')
  await dialog().waitFor()
  await hands.use(page.getByRole('checkbox', { name: t.search.keys.single }).last(), 'Space')
  await hands.press('Escape')
  await dialog().waitFor({ state: 'detached' })
  await hands.press('?')
  await hands.press('/')
  expect(await dialog().count()).toBe(0)
  await page.reload()
  await ready()
  await hands.press('?')
  await hands.press('Control+k')
  await hands.findsFocusAt(field())
  await hands.press('Escape')
})

test('the page answers as one types, and the address keeps what was asked', async () => {
  await page.goto('/c/sutohamu/search')
  await ready()
  await page.getByRole('searchbox').focus()
  await hands.type('medborgarlöften')
  await page.waitForURL((url) => url.searchParams.get('q') === 'medborgarlöften')
  await page.getByRole('main').getByRole('link', { name: title }).first().waitFor()
  expect(await page.locator('mark').first().textContent()).toBe('Medborgarlöften')
  expect(await hands.has(page.getByRole('searchbox'))).toBe(true)
})

test('without script it is a form, and answers the same', async () => {
  const still = await plain.newPage()
  await still.goto('/')
  await still.getByRole('button', { name: 'Torbjörn Torsbyberg' }).click()
  await still.getByRole('link', { name: t.ui.search }).click()
  await still.getByRole('searchbox').fill('policyn')
  await still.getByRole('searchbox').press('Enter')
  expect(await still.locator('mark').count()).toBeGreaterThan(0)
  await still.getByRole('link', { name: t.search.type.COMMENT }).click()
  expect(await still.getByRole('heading', { level: 2 }).allTextContents()).toEqual([t.search.type.COMMENT])
})
