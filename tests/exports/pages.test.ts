import { readFile } from 'node:fs/promises'
import { afterAll, expect, test } from 'vitest'
import { calendar as w } from '../../client/src/lib/language/sv/calendar.ts'
import { dictionary } from '../../client/src/lib/language/sv/dictionary.ts'
import { byMozilla, byNode } from '../calendar/feeds.ts'
import { openProposal } from '../world/agreements.ts'
import { uuidOf } from '../world/actor.ts'
import { newTask } from '../world/acts.ts'
import { openBrowser } from '../world/browser.ts'
import { openWorld } from '../world/world.ts'
import { meant, rowsOf } from './table.ts'

// From the page: what one sees, in its order, is what one takes away; and where one's own calendar fetches.

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

test('a calendar link, made in one window and revoked in another: shown once, live in both, gone at once', async () => {
  const open = async () => {
    const page = await browser.as(torsby, { viewport: { width: 1280, height: 900 } })
    await page.goto(`/c/${torsby.slug}/calendar`)
    await page.locator('[data-connection=live]').waitFor()
    return page
  }
  const [one, other] = [await open(), await open()]
  await one.getByRole('button', { name: w.make, exact: true }).click()
  const dialog = one.getByRole('dialog')
  await dialog.getByLabel(w.name, { exact: true }).fill('Telefonen')
  await dialog.getByLabel(w.ours('Torsby')).check()
  await dialog.getByRole('button', { name: w.make }).click()
  const url = await dialog.getByLabel(w.secret, { exact: true }).inputValue()
  const text = await (await fetch(url)).text()
  expect(byNode(text)).toEqual(byMozilla(text))
  expect(byNode(text).days.length).toBeGreaterThan(0)
  await dialog.getByRole('button', { name: ui.done }).click()
  expect(await one.content()).not.toContain(new URL(url).searchParams.get('token'))

  const row = (page: typeof one) => page.getByRole('listitem').filter({ hasText: 'Telefonen' })
  await row(other)
    .getByRole('button', { name: w.revokeWhich('Telefonen') })
    .click()
  await other.getByRole('dialog').getByText(w.revokeMeans('Telefonen')).waitFor()
  expect((await fetch(url)).status).toBe(200)
  await other.getByRole('dialog').getByRole('button', { name: w.revoke, exact: true }).click()
  await row(one)
    .getByText(/Återkallad/)
    .waitFor()
  expect((await fetch(url)).status).toBe(404)
  await other.locator('[role=listitem], li').filter({ hasText: 'Återkallad' }).first().waitFor()
})
