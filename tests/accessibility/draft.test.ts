import { afterAll, beforeAll, expect, test } from 'vitest'
import { agreement as w } from '../../client/src/lib/language/sv/agreement.ts'
import { openBrowser, type TestBrowser } from '../world/browser.ts'
import { openWorld, type World } from '../world/world.ts'
import { Hands } from './hands.ts'

// The agreement is rewritten with the keyboard alone: a clause in other words, another in another place, one taken out and brought
// back, and the whole saved and opened to the others.

let world: World
let browser: TestBrowser
beforeAll(async () => {
  ;[world, browser] = await Promise.all([openWorld(), openBrowser()])
})
afterAll(async () => {
  await browser.close()
  await world.close()
})

test('a proposal is written and opened without a mouse', async () => {
  const torsby = await world.as('Torsby')
  const page = await browser.as(torsby, { viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' })
  const hands = new Hands(page)
  const button = (name: string) => page.getByRole('button', { name, exact: true })
  const changes = page.getByRole('group', { name: w.draft.changes })
  await page.goto(`/c/${torsby.seat.slug}/agreement`)
  await page.locator('html[data-ready]').waitFor({ state: 'attached' })
  await hands.use(page.getByRole('link', { name: w.proposals.new }))
  await hands.tabTo(page.getByLabel(w.draft.title))
  await hands.type('Tydligare syfte')
  await hands.tabTo(page.getByLabel(w.draft.reason, { exact: true }))
  await hands.type('Fler ska förstå varför vi gör det här.')

  await hands.use(button(w.draft.change('1')))
  const heading = page.getByLabel(w.draft.headingOf, { exact: true })
  await hands.findsFocusAt(heading)
  await hands.press('End')
  await hands.type(' och mål')
  await hands.press('Enter')
  await hands.findsFocusAt(button(w.draft.change('1')))
  await changes.getByText(w.draft.step.CHANGE('Syfte och mål')).waitFor()

  await hands.press('Alt+ArrowDown')
  await hands.hears(w.draft.moved('Syfte och mål', '2'))
  await hands.findsFocusAt(button(w.draft.change('2')))
  await hands.press('Alt+ArrowUp')
  await hands.hears(w.draft.moved('Syfte och mål', '1'))
  expect(await changes.getByRole('listitem').count()).toBe(1)

  await hands.use(button(w.draft.remove('2')))
  await hands.findsFocusAt(button(w.draft.restore).first())
  await hands.press('Enter')
  await hands.findsFocusAt(button(w.draft.change('2')))
  await hands.use(button(w.draft.save), 'Enter', 'Shift+Tab')
  await hands.use(page.getByRole('link', { name: w.draft.view }))
  await hands.use(page.getByRole('link', { name: w.proposals.open }))
  await hands.use(page.getByLabel(w.open.check), 'Space')
  await hands.use(button(w.open.confirm))
  await page.getByText(w.proposals.means.OPEN).waitFor()
})
