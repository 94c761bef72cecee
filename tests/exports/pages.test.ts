import { readFile } from 'node:fs/promises'
import { afterAll, expect, test } from 'vitest'
import { dictionary } from '../../client/src/lib/language/sv/dictionary.ts'
import { openProposal } from '../world/agreements.ts'
import { uuidOf } from '../world/actor.ts'
import { newTask } from '../world/acts.ts'
import { openBrowser } from '../world/browser.ts'
import { openWorld } from '../world/world.ts'
import { meant, rowsOf } from './table.ts'

// From the page: what one sees, in its order, is what one takes away.

const { ui } = dictionary
const world = await openWorld()
const browser = await openBrowser()
afterAll(async () => {
  await browser.close()
  await world.close()
})

const torsby = await world.as('Torsby')
const page = await browser.as(torsby, { viewport: { width: 1280, height: 900 } })

const download = async (path: string): Promise<{ name: string; rows: ReturnType<typeof rowsOf> }> => {
  await page.goto(`/c/${torsby.slug}/${path}`)
  await page.locator('[data-connection=live]').waitFor()
  const coming = page.waitForEvent('download')
  await page.getByRole('link', { name: ui.csv }).first().click()
  const file = await coming
  return { name: file.suggestedFilename(), rows: rowsOf(await readFile(await file.path(), 'utf8')) }
}

test('the list as it is filtered and ordered', async () => {
  const { name, rows } = await download('tasks?view=list&sort=TITLE&state=GIVEN')
  const shown = await page.locator('tbody th a').allInnerTexts()
  expect(name).toBe('samsyn-uppgifter.csv')
  expect(shown.length).toBeGreaterThan(2)
  expect(rows.map((row) => meant(row['Titel'] ?? ''))).toEqual(shown)
  expect(new Set(rows.map((row) => row['Läge']))).toEqual(new Set(['Given']))
})

test('people, the agreement, a proposal’s answers, what happened to a task', async () => {
  expect((await download('members')).rows.length).toBeGreaterThan(10)
  expect((await download('agreement')).rows.length).toBeGreaterThan(5)
  const proposal = await openProposal(torsby)
  expect((await download(`agreement/proposals/${uuidOf(proposal)}`)).rows.map((row) => row['Svar'])).toContain('Har inte svarat')
  const { id } = await newTask(torsby, { title: 'Belysning' })
  expect((await download(`tasks/${uuidOf(id)}`)).rows.map((row) => row['Vad'])).toEqual(['skapade uppgiften'])
})
