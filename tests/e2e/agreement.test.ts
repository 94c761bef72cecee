import type { Page } from 'playwright-core'
import { afterAll, expect, test } from 'vitest'
import { agreement as w } from '../../client/src/lib/language/sv/agreement.ts'
import { signatoriesOf } from '../world/agreements.ts'
import { openBrowser } from '../world/browser.ts'
import { openWorld } from '../world/world.ts'

// Five parties change what they have agreed, each in a browser of its own: Sunne writes, all answer, all sign. Everybody sees each
// step as it happens, on a page that is never loaded again.

const world = await openWorld()
const browser = await openBrowser()
afterAll(async () => {
  await browser.close()
  await world.close()
})

const title = 'Länsstyrelsen bjuds in till uppföljningen'
const words = 'Parterna bjuder in Länsstyrelsen till den årliga uppföljningen.'

const actors = await signatoriesOf(world)
const room = `/c/${actors[0]?.slug}/agreement`
const pages = await Promise.all(
  actors.map(async (actor) => {
    const page = await browser.as(actor, { viewport: { width: 1280, height: 900 } })
    await page.goto(`${room}/proposals`)
    await page.locator('[data-connection=live]').waitFor()
    // A page that is loaded again forgets this.
    await page.evaluate(() => Object.assign(window, { stayed: true }))
    return page
  }),
)
const [sunne, ...others] = pages
if (!sunne) throw new Error('nobody')

const everybody = (step: (page: Page, index: number) => Promise<unknown>, of: readonly Page[] = pages) =>
  Promise.all(of.map(step))
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const link = (page: Page, name: string) => page.getByRole('link', { name, exact: true })

test('Sunne rewrites the agreement, and what is a draft nobody else sees', async () => {
  await link(sunne, w.proposals.new).click()
  await sunne.getByLabel(w.draft.title).fill(title)
  await sunne.getByLabel(w.draft.reason, { exact: true }).fill('Då ser fler hur det går.')
  await sunne
    .getByRole('button', { name: /^Ny punkt efter \d+$/ })
    .last()
    .click()
  await sunne.getByLabel(w.draft.headingOf, { exact: true }).fill('Gäster vid uppföljningen')
  await sunne.getByLabel(w.draft.textOf, { exact: true }).fill(words)
  await button(sunne, w.draft.done).click()
  await button(sunne, w.draft.save).click()
  await link(sunne, w.draft.view).click()
  await sunne.getByRole('heading', { level: 1, name: title }).waitFor()
  await everybody(async (page) => expect(await page.getByText(title).count()).toBe(0), others)
})

test('opened, it comes to everybody', async () => {
  await link(sunne, w.proposals.open).click()
  await sunne.getByLabel(w.open.check).check()
  await button(sunne, w.open.confirm).click()
  await sunne.getByRole('heading', { level: 1, name: title }).waitFor()
  await everybody((page) => link(page, title).click(), others)
  await everybody((page) => page.getByText(words).first().waitFor())
})

test('each answer is seen by all, and with the last there is a new version', async () => {
  for (const [index, page] of pages.entries()) {
    const last = index === pages.length - 1
    await page.getByLabel(last ? w.answer.ABSTAIN : w.answer.YES).check()
    await button(page, w.answer.send).click()
    const seen = last ? w.proposals.position.ABSTAIN : w.proposals.position.YES
    await everybody((each) =>
      each
        .locator('.positions li', { hasText: actors[index]?.seat.party ?? '' })
        .getByText(seen, { exact: true })
        .waitFor(),
    )
  }
  await everybody((page) => page.getByText(w.proposals.means.INCORPORATED).waitFor())
})

test('all sign, each sees who remains, and the version is in force', async () => {
  await everybody((page) => page.locator('main').getByRole('link', { name: w.versionState.AWAITING_SIGNATURES }).click())
  for (const [index, page] of pages.entries()) {
    await page.getByRole('checkbox').check()
    await button(page, w.signing.confirm).click()
    await page.getByText(w.signing.done(actors[index]?.seat.party ?? '')).waitFor()
  }
  await everybody((page) => page.getByText(w.signing.complete).waitFor())
  await everybody((page) => link(page, w.rooms.text).click())
  await everybody((page) => page.getByText(words).waitFor())
  await everybody((page) => page.getByText(w.inForceSince).waitFor())
  const stayed = await everybody((page) => page.evaluate(() => 'stayed' in window))
  expect(stayed).toEqual(pages.map(() => true))
})
