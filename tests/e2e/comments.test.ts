import type { Locator, Page } from 'playwright-core'
import { afterAll, expect, test } from 'vitest'
import { dictionary } from '../../client/src/lib/language/sv/dictionary.ts'
import { uuidOf } from '../world/actor.ts'
import { does, jointTask, newTask } from '../world/acts.ts'
import { openBrowser } from '../world/browser.ts'
import { openLine } from '../world/line.ts'
import { openWorld } from '../world/world.ts'

// Two parties talk in a task, each in a browser: one answers the other, mentions people, refers to what the other may and may not
// know of, regrets and rephrases; once without a network.

const { comments: w, ui } = dictionary

const world = await openWorld()
const browser = await openBrowser()
const line = await openLine(world.server)
afterAll(async () => {
  await browser.close()
  await line.close()
  await world.close()
})

const torsby = await world.as('Torsby')
const sunne = await world.as('Sunne')
const talk = await jointTask(torsby, { title: 'Lägesbild inför sommaren' })
const secret = await newTask(torsby, { title: 'Torsbys eget underlag' })
const [clause] = await world.sql<{ id: string; heading: string }>(`select id, heading from clause where number = '1'`)
if (!clause) throw new Error('no clause')

const open = async (who: typeof torsby, through: typeof torsby | ReturnType<typeof line.caller> = who): Promise<Page> => {
  const page = await browser.as(through, { viewport: { width: 1300, height: 1200 } })
  await page.goto(`/c/${who.slug}/tasks/${uuidOf(talk.id)}`)
  await page.locator('[data-connection=live]').waitFor()
  return page
}
const [here, there] = [await open(torsby), await open(sunne, line.caller(sunne))]

const field = (page: Page) => page.getByLabel(w.label)
const say = async (page: Page, text: string) => {
  await field(page).fill(text)
  await page.keyboard.press('Control+Enter')
}
const comment = (page: Page, text: string) => page.locator('.comment', { hasText: text })
/** What stands as answers to somebody, in one thread. */
const answersTo = (page: Page, name: string): Locator => page.getByRole('list', { name: w.answersTo(name) })
const answer = async (page: Page, to: string, text: string) => {
  await page.getByRole('button', { name: w.answerWhom(to) }).click()
  await page.getByLabel(w.answering(to)).fill(text)
  await page.keyboard.press('Control+Enter')
}

test('an answer stands under what it answers, in both browsers, as it is written', async () => {
  await say(here, 'Vem skriver första utkastet?')
  await comment(there, 'första utkastet').waitFor()
  await answer(there, torsby.seat.name, 'Vi gör det.')
  for (const page of [here, there]) {
    await answersTo(page, torsby.seat.name).getByText('Vi gör det.').waitFor()
    expect(await page.locator('.comment').count()).toBe(2)
  }
})

test('without a network too; it comes to the other once there is one', async () => {
  line.cut()
  await there.locator('[data-connection=offline]').waitFor()
  await answer(there, torsby.seat.name, 'Skickat från tåget.')
  await answersTo(there, torsby.seat.name).getByText('Skickat från tåget.').waitFor()
  expect(await comment(here, 'från tåget').count()).toBe(0)
  line.heal()
  await answersTo(here, torsby.seat.name).getByText('Skickat från tåget.').waitFor()
  expect(await comment(there, 'från tåget').count()).toBe(1)
})

test('of many answers the latest show, and all when asked for', async () => {
  for (const text of ['Tredje', 'Fjärde', 'Femte', 'Sjätte']) await answer(there, torsby.seat.name, text)
  const answers = answersTo(here, torsby.seat.name)
  await answers.getByText('Sjätte').waitFor()
  expect(await answers.locator('.comment').count()).toBe(3)
  await here.getByRole('button', { name: w.earlierAnswers(3) }).click()
  expect(await answers.locator('.comment').count()).toBe(6)
  await here.getByRole('button', { name: w.fewerAnswers }).click()
})

test('an answer to what is kept inside is kept inside, and says so', async () => {
  await here.getByText(w.onlyUs, { exact: true }).first().click()
  await say(here, 'Bara mellan oss')
  const inside = here.locator('li', { has: comment(here, 'Bara mellan oss') }).last()
  await inside.getByRole('button', { name: w.answerWhom(torsby.seat.name) }).click()
  await inside.getByText(w.seenByOwn('Torsby')).waitFor()
  await inside.getByLabel(w.answering(torsby.seat.name)).fill('Håller med')
  await here.keyboard.press('Control+Enter')
  await here.locator('.comment[data-own]', { hasText: 'Håller med' }).getByText(w.onlyParty('Torsby')).waitFor()
  await here.getByText(w.onlyUs, { exact: true }).first().click()
  expect(await comment(there, 'Bara mellan oss').count()).toBe(0)
})

test('what it said before is there for those who read it, and goes when it is withdrawn', async () => {
  const [mine, theirs] = [here.locator('.comment').first(), there.locator('.comment').first()]
  await mine.getByRole('button', { name: w.edit }).click()
  await mine.getByRole('textbox').fill('Vem skriver det första utkastet, och till när?')
  await here.keyboard.press('Control+Enter')
  await theirs.getByText('och till när').waitFor()
  await theirs.getByRole('button', { name: w.edited }).click()
  await theirs.locator('ins', { hasText: 'till när' }).waitFor()
  expect(await theirs.locator('.wordings li').count()).toBe(2)
  // What is changed while one looks is there as well.
  await mine.getByRole('button', { name: w.edit }).click()
  await mine.getByRole('textbox').fill('Vem skriver det första utkastet?')
  await here.keyboard.press('Control+Enter')
  await theirs.locator('.wordings li').nth(2).waitFor()
  await mine.getByRole('button', { name: w.withdraw }).click()
  await here.getByRole('dialog').getByRole('button', { name: w.withdraw }).click()
  await there.getByText(w.withdrawn).waitFor()
  expect(await there.locator('.wordings').count()).toBe(0)
  expect(await there.getByText('till när').count()).toBe(0)
  await answersTo(there, torsby.seat.name).getByText('Sjätte').waitFor()
})

test('whoever is mentioned is chosen by name; whoever will not be reached is told of', async () => {
  await field(here).pressSequentially('Kan @Sun')
  const options = here.getByRole('option')
  await options.filter({ hasText: 'Sunne' }).first().waitFor()
  await here.keyboard.press('Escape')
  await field(here).fill('')
  await field(here).pressSequentially(`Kan @${sunne.seat.name.slice(0, 5)}`)
  await options.filter({ hasText: sunne.seat.name }).waitFor()
  await options.filter({ hasText: sunne.seat.name }).click()
  await here.keyboard.type('läsa?')
  expect(await field(here).inputValue()).toBe(`Kan @[${sunne.seat.name}](member:${uuidOf(sunne.memberId)}) läsa?`)
  expect(await here.getByText(w.unreached(sunne.seat.name)).count()).toBe(0)
  await here.getByText(w.onlyUs, { exact: true }).first().click()
  await here.getByText(w.unreached(sunne.seat.name)).waitFor()
  await here.getByText(w.onlyUs, { exact: true }).first().click()
  await here.getByText(w.unreached(sunne.seat.name)).waitFor({ state: 'detached' })
  await field(here).press('Control+Enter')
  await there.locator('.comment strong', { hasText: `@${sunne.seat.name}` }).waitFor()
})

test('what is referred to is shown as each may know it, and as it comes to be', async () => {
  // By its pasted address, and by its name.
  await field(here).focus()
  await here.evaluate(
    (text) => {
      const clipboardData = new DataTransfer()
      clipboardData.setData('text/plain', text)
      document.activeElement?.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
    },
    `${world.url}/c/${torsby.slug}/tasks/${uuidOf(secret.id)}`,
  )
  await here.keyboard.type(` och #${clause.heading.slice(0, 6)}`)
  await here.getByRole('option').filter({ hasText: clause.heading }).waitFor()
  await here.keyboard.press('Enter')
  const stored = `#[](task:${uuidOf(secret.id)}) och #[](clause:${clause.id}) `
  expect(await field(here).inputValue()).toBe(stored)
  await here.keyboard.press('Control+Enter')

  const [mine, theirs] = [here, there].map((page) => page.locator('.comment', { has: page.locator('.reference') }))
  if (!mine || !theirs) throw new Error('no comments')
  await mine.getByRole('link', { name: secret['title'] as string }).waitFor()
  await theirs.getByText(w.hiddenThing, { exact: true }).waitFor()
  await theirs.getByRole('link', { name: clause.heading }).waitFor()
  expect(await there.content()).not.toContain(secret['title'])

  await does(torsby, 'shareTask', { id: secret.id, audience: 'JOINT' })
  await theirs.getByRole('link', { name: `${String(secret['title'])} ${ui.state.GIVEN}` }).waitFor()
  await does(torsby, 'editTask', { id: secret.id, baseVersion: 2, title: 'Underlag för alla' })
  await does(torsby, 'moveTask', { id: secret.id, state: 'ONGOING' })
  await theirs.getByRole('link', { name: `Underlag för alla ${ui.state.ONGOING}` }).waitFor()
  await theirs.getByRole('link', { name: 'Underlag för alla' }).click()
  await there.getByRole('heading', { level: 1, name: 'Underlag för alla' }).waitFor()
})

test('as the server draws it, too, and in a description', async () => {
  const own = await newTask(torsby, { title: 'Bara för oss' })
  const never = crypto.randomUUID()
  const description = `Se #[](task:${uuidOf(own.id)}), #[](task:${never}) och #[](clause:${clause.id}).`
  const { id } = await jointTask(torsby, { title: 'Hänvisar', description })
  const drawn = async (who: typeof torsby) => (await who.fetch(`/c/${who.slug}/tasks/${uuidOf(id)}`)).text()
  const sorts = (html: string) => [...html.matchAll(/class="reference" data-sort="(\w+)"/g)].map(([, sort]) => sort)
  expect(sorts(await drawn(torsby))).toEqual(['here', 'hidden', 'here'])
  const foreign = await drawn(sunne)
  expect(sorts(foreign)).toEqual(['hidden', 'hidden', 'here'])
  expect(foreign).not.toContain('Bara för oss')
})
