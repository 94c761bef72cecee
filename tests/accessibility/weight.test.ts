import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser, type TestBrowser } from '../world/browser.ts'
import { openWorld, type World } from '../world/world.ts'

// What a first visit costs, and what is there before any script: a nurse on a phone with one bar of reception reads the
// board as soon as the page itself has come.

const KILOBYTE = 1000

let world: World
let browser: TestBrowser
beforeAll(async () => {
  ;[world, browser] = await Promise.all([openWorld(), openBrowser()])
})
afterAll(async () => {
  await browser.close()
  await world.close()
})

test('the board starts on at most 120 kB of script, as it travels', async () => {
  const page = await browser.as(await world.as('Torsby'))
  const scripts: Promise<{ url: string; bytes: number }>[] = []
  page.on('requestfinished', (request) => {
    if (request.resourceType() !== 'script') return
    scripts.push(request.sizes().then(({ responseBodySize }) => ({ url: request.url(), bytes: responseBodySize })))
  })
  await page.goto('/c/sutohamu/tasks', { waitUntil: 'networkidle' })
  const loaded = await Promise.all(scripts)
  const bytes = loaded.reduce((sum, script) => sum + script.bytes, 0)
  console.log(`Script for the board: ${(bytes / KILOBYTE).toFixed(1)} kB in ${loaded.length} files`)
  expect(loaded.length).toBeGreaterThan(0)
  expect(bytes).toBeLessThanOrEqual(120 * KILOBYTE)
})

test('without any script one signs in, sees what is new, reads the board, narrows it and opens a task', async () => {
  const context = await browser.open({ baseURL: world.url, javaScriptEnabled: false })
  const page = await context.newPage()
  await page.goto('/')
  await page.getByRole('button', { name: 'Torbjörn Torsbyberg' }).click()
  expect(await page.getByRole('region').count()).toBeGreaterThan(3)
  await page.getByRole('link', { name: 'Uppgifter', exact: true }).click()
  expect(await page.locator('article.card').count()).toBeGreaterThan(20)
  await page.getByRole('searchbox').fill('Medborgarlöften')
  await page.getByRole('searchbox').press('Enter')
  expect(await page.locator('article.card').count()).toBe(1)
  await page.locator('article.card a').click()
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain('Medborgarlöften')
  expect(await page.locator('.comment').count()).toBeGreaterThan(0)
})
