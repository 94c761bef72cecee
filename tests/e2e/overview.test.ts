import type { Page } from 'playwright-core'
import { afterAll, expect, test } from 'vitest'
import { overview as w } from '../../client/src/lib/language/sv/overview.ts'
import { mint } from '../world/actor.ts'
import { openProposal } from '../world/agreements.ts'
import { does, jointTask, newTask } from '../world/acts.ts'
import { openBrowser } from '../world/browser.ts'
import { eventually } from '../world/eventually.ts'
import { openWorld } from '../world/world.ts'

// Torbjörn of Torsby is away while the police act. He comes back, and sees what has happened since, and nothing else; while he
// looks, what comes is there by itself.

const world = await openWorld()
const browser = await openBrowser()
afterAll(async () => {
  await browser.close()
  await world.close()
})

const news = (page: Page) => page.getByRole('region', { name: w.since.heading })
const things = (page: Page) => news(page).locator('ol > li')
const panel = (page: Page, name: string) => page.getByRole('region', { name })

/** The hub has heard that somebody is here. */
const noted = (page: Page) =>
  page.waitForResponse((response) => response.request().postData()?.includes('"NoteVisit"') === true && response.ok())

test('away while the police act, and back', async () => {
  const [torsby, colleague] = [await world.as('Torsby'), await world.as('Torsby', 'CONTRIBUTOR')]
  const [polisen, sunne] = [await world.as('Polisen'), await world.as('Sunne')]
  const before = await jointTask(polisen, { title: 'Innan Torbjörn gick' })

  // The first visit: nothing to come back to yet.
  const page = await browser.as(torsby, { viewport: { width: 1280, height: 800 } })
  const first = noted(page)
  await page.goto('/')
  expect(new URL(page.url()).pathname).toBe(`/c/${torsby.slug}`)
  await page.getByRole('heading', { level: 2, name: w.since.firstHeading }).waitFor()
  await page.getByRole('link', { name: 'Innan Torbjörn gick' }).waitFor()
  await first
  await page.close()
  await anHourGoesBy()

  // Meanwhile: by the police, by a colleague, by himself through another window, and what is nobody else's.
  await does(polisen, 'moveTask', { id: before.id, state: 'ONGOING' })
  await does(polisen, 'writeComment', { id: mint(), task: before.id, audience: 'AS_PARENT', text: 'Vi har börjat.' })
  await does(polisen, 'writeComment', { id: mint(), task: before.id, audience: 'AS_PARENT', text: 'Mer i morgon.' })
  await does(polisen, 'writeComment', { id: mint(), task: before.id, audience: 'OWN', text: 'Bara oss emellan.' })
  await newTask(polisen, { title: 'Polisens eget' })
  await newTask(colleague, { title: 'Kollegans utkast', assignees: [torsby.memberId], dueOn: '2020-01-01' })
  await newTask(torsby, { title: 'Hans eget' })

  const back = await browser.as(torsby, { viewport: { width: 1280, height: 800 } })
  const again = noted(back)
  await back.goto('/')
  await again
  const changed = ['Kollegans utkast', 'Innan Torbjörn gick']
  await expectThings(back, changed)
  expect(await things(back).last().innerText()).toContain('Polisen flyttade uppgiften och skrev en kommentar 2 gånger')
  await panel(back, w.mine.heading).getByText('Kollegans utkast').waitFor()

  // Of one party alone, and of all again.
  await news(back)
    .getByRole('button', { name: w.since.byParty('Polisen', 1) })
    .click()
  await expectThings(back, ['Innan Torbjörn gick'])
  await news(back).getByRole('button', { name: w.since.everybody }).click()

  // Live, without anything being asked for anew.
  await back.locator('[data-connection=live]').waitFor()
  const asked: string[] = []
  back.on('request', (request) => asked.push(request.postData() ?? ''))
  await jointTask(polisen, { title: 'Medan han tittar' })
  await openProposal(sunne)
  await expectThings(back, ['Ny lydelse', 'Medan han tittar', ...changed])
  await panel(back, w.awaited.heading('Torsby')).getByRole('link', { name: 'Ny lydelse' }).waitFor()
  await does(polisen, 'writeComment', { id: mint(), task: before.id, audience: 'AS_PARENT', text: 'Och nu är vi klara.' })
  await expectThings(back, ['Innan Torbjörn gick', 'Ny lydelse', 'Medan han tittar', 'Kollegans utkast'])
  expect(asked.filter((body) => body.includes('"Overview"'))).toEqual([])

  // The visit is still the same, so looking again shows the same; and where one is told of, one comes to.
  await back.reload()
  await expectThings(back, ['Innan Torbjörn gick', 'Ny lydelse', 'Medan han tittar', 'Kollegans utkast'])
  await things(back).first().getByRole('link').click()
  await back.getByRole('heading', { level: 1, name: 'Innan Torbjörn gick' }).waitFor()
}, 60_000)

/** What is new, by name, in order: exactly this. */
const expectThings = (page: Page, names: readonly string[]) =>
  eventually(`exactly ${names.join(', ')}`, async () => {
    const found = await things(page).getByRole('link').allInnerTexts()
    return found.join() === names.join()
  })

/** All that has been is an hour older. */
const anHourGoesBy = async () => {
  await world.reopen(`update journal_entry set at = at - interval '1 hour'`)
  await world.sql(`update visit set last = last - interval '1 hour'`)
}
