import { afterAll, expect, test } from 'vitest'
import { calendar as w } from '../../client/src/lib/language/sv/calendar.ts'
import { dictionary } from '../../client/src/lib/language/sv/dictionary.ts'
import { openBrowser } from '../world/browser.ts'
import { openWorld } from '../world/world.ts'
import { byMozilla, byNode } from './feeds.ts'

// On the page: a link is made and its address shown once; another window has it at once; revoked there after a question, it
// opens nothing, and the first window says so.

const world = await openWorld()
const browser = await openBrowser()
afterAll(async () => {
  await browser.close()
  await world.close()
})

test('made in one window, revoked in another', async () => {
  const torsby = await world.as('Torsby')
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
  await dialog.getByRole('button', { name: dictionary.ui.done }).click()
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
