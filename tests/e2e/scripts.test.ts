import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { mint, uuidOf, type Actor } from '../world/actor.ts'
import { signatoriesOf } from '../world/agreements.ts'
import { does, jointTask } from '../world/acts.ts'
import { openBrowser } from '../world/browser.ts'
import { eventually } from '../world/eventually.ts'
import { openWorld } from '../world/world.ts'
import { corpus, oneLine } from './scripts.corpus.ts'

// Every attempt to make a text run, as every kind of text there is, in a real browser: as the server draws it, as the page draws it, as
// it arrives while one looks, and in the preview while one writes. Nothing runs, the policy has nothing to stop, nobody outside is asked.

const world = await openWorld()
const browser = await openBrowser()
afterAll(async () => {
  await browser.close()
  await world.close()
})

const torsby = await world.as('Torsby')
const sunne = await world.as('Sunne')
const room = `/c/${torsby.slug}`
/** With PROVE each attempt has a title, a name and a clause of its own; otherwise one of so many, from every sort. */
const oneOf = (count: number, all: readonly string[]): string[] =>
  all.filter((_, index) => process.env['PROVE'] !== undefined || index % count === 0)
const everything = corpus.join('\n\n')
const inParts = (texts: readonly string[], size: number) =>
  Array.from({ length: Math.ceil(texts.length / size) }, (_, part) => texts.slice(part * size, (part + 1) * size))

/** Somebody at a page that tells of whatever ran, was stopped by the policy, or was asked of others. */
const open = async (who: Actor): Promise<{ page: Page; told: string[] }> => {
  const told: string[] = []
  const page = await browser.as(who, { viewport: { width: 1400, height: 1000 } })
  const context: BrowserContext = page.context()
  await context.exposeFunction('tell', (what: string) => void told.push(what))
  await context.addInitScript(() => {
    const tell = (what: string) => (Reflect.get(window, 'tell') as (what: string) => void)(what)
    Object.assign(window, { ran: (number: number) => tell(`ran: ${number}`) })
    addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sample }) =>
      tell(`stopped: ${violatedDirective} ${blockedURI} ${sample}`),
    )
  })
  context.on('request', (request) => {
    if (!/^(data|blob):/.test(request.url()) && new URL(request.url()).origin !== world.url) told.push(`asked: ${request.url()}`)
  })
  page.on('dialog', (dialog) => {
    told.push(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  page.on('pageerror', ({ message }) => told.push(`thrown: ${message}`))
  return { page, told }
}
const drawn = (page: Page) => page.locator('html[data-ready]').waitFor({ state: 'attached' })

/** What stands in the page and could run, or lead to what runs, when somebody touches it. */
const armed = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll('*')].flatMap((element) => {
      const attributes = [...element.attributes].filter(
        ({ name, value }) =>
          name.startsWith('on') ||
          name === 'srcdoc' ||
          (/^(href|src|action|formaction|data|xlink:href)$/.test(name) &&
            !['http:', 'https:', 'mailto:'].includes(new URL(value, location.href).protocol)),
      )
      const member = element.closest('.markdown, .comment') !== null
      const strange =
        member && /^(script|style|iframe|object|embed|form|input|img|video|audio|math|link|meta|base)$/i.test(element.localName)
      const own = element.closest('form') !== null && !element.closest('.markdown')
      return [
        ...attributes.map(({ name, value }) => `${element.localName} ${name}=${value}`),
        ...(strange && !own ? [element.outerHTML.slice(0, 120)] : []),
      ]
    }),
  )
/** Nothing ran, was stopped or asked; and nothing waits to. */
const expectQuiet = async (page: Page, told: readonly string[]) => {
  // Whatever loads or fires late has done so when the browser has drawn twice more.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(null)))))
  const waiting = (await armed(page)).filter((what) => !what.startsWith('link href=data:'))
  expect({ told, waiting }).toEqual({ told: [], waiting: [] })
}

let talk: { id: string }
const said: { id: string }[] = []
beforeAll(async () => {
  talk = await jointTask(torsby, { title: oneLine(200)[0] ?? '', description: everything.slice(0, 20_000) })
  const [first] = corpus
  const comment = async (text: string, more: object = {}) =>
    (await does(torsby, 'writeComment', { id: mint(), task: talk.id, audience: 'AS_PARENT', text, ...more })).subject
  for (const text of corpus.slice(0, 45)) said.push(await comment(text))
  said.push(await comment(everything.slice(0, 10_000)))
  await comment(everything.slice(-10_000), { answers: said[0]?.id })
  // An earlier wording, compared with the one after it.
  await does(torsby, 'editComment', { id: said[0]?.id, baseVersion: 1, text: `${first} ${everything.slice(0, 9_000)}` })
  for (const title of oneOf(4, oneLine(200))) await jointTask(torsby, { title, state: 'ONGOING' })
})

describe('drawn by the server', () => {
  test('comments, answers, a description and a title', async () => {
    const { page, told } = await open(sunne)
    await page.goto(`${room}/tasks/${uuidOf(talk.id)}`)
    await drawn(page)
    expect(await page.locator('.comment').count()).toBeGreaterThan(45)
    await expectQuiet(page, told)
  })

  test('titles on the board and in the list', async () => {
    const { page, told } = await open(sunne)
    for (const view of ['', '&view=list']) {
      await page.goto(`${room}/tasks?state=ONGOING${view}`)
      await drawn(page)
      await expectQuiet(page, told)
    }
  })
})

describe('drawn by the page', () => {
  test('a task opened from the board, the rest of its talk, and what was said before', async () => {
    const { page, told } = await open(sunne)
    await page.goto(`${room}/tasks`)
    await drawn(page)
    await page
      .locator(`a[href*="${uuidOf(talk.id)}"]`)
      .first()
      .click()
    const beside = page.getByRole('complementary')
    await beside.locator('.comment .edited').first().click()
    await beside.locator('.wordings ins').first().waitFor()
    await expectQuiet(page, told)
  })

  test('what arrives while one looks', async () => {
    const { page, told } = await open(sunne)
    const { id } = await jointTask(torsby, { title: 'Medan man ser på' })
    await page.goto(`${room}/tasks/${uuidOf(id)}`)
    await page.locator('[data-connection=live]').waitFor()
    for (const text of inParts(corpus, 12).map((part) => part.join('\n\n')))
      await does(torsby, 'writeComment', { id: mint(), task: id, audience: 'AS_PARENT', text })
    const last = (await does(torsby, 'writeComment', { id: mint(), task: id, audience: 'AS_PARENT', text: 'Sist av allt' }))
      .subject
    await page.locator(`[data-comment="${last.id}"]`).waitFor()
    await expectQuiet(page, told)
  })

  test('the preview of what one writes oneself', async () => {
    const { page, told } = await open(sunne)
    const { id } = await jointTask(sunne, { title: 'Medan man skriver' })
    await page.goto(`${room}/tasks/${uuidOf(id)}`)
    await drawn(page)
    await page.locator('.composer textarea').fill(everything)
    await page.locator('.composer .tab').last().click()
    await page.locator('.composer .markdown').waitFor()
    await expectQuiet(page, told)
  })

  test('names and titles of people, as marks, in the list of parties, and where they are mentioned', async () => {
    const attempts = oneOf(9, oneLine(100))
    const { collaboration } = await torsby.query<{
      collaboration: { members: { nodes: { id: string; version: number; party: { name: string } }[] } }
    }>('{ collaboration { members(first: 100) { nodes { id version party { name } } } } }')
    const own = collaboration.members.nodes.filter(({ party }) => party.name === torsby.seat.party)
    const { page, told } = await open(sunne)
    await page.goto(`${room}/members`)
    await page.locator('[data-connection=live]').waitFor()
    for (const [index, name] of attempts.entries()) {
      const member = own[index % own.length]
      if (!member) throw new Error('nobody to rename')
      const input = { id: member.id, baseVersion: member.version + Math.floor(index / own.length), name, title: name }
      await does(torsby, 'changeMember', input)
    }
    await eventually('the last name is there', async () => (await page.getByText(attempts.at(-1) ?? '').count()) > 0)
    await expectQuiet(page, told)
    await page.reload()
    await drawn(page)
    await expectQuiet(page, told)
  })
})

test('clauses: in a proposal, compared, and in the agreement’s text', async () => {
  const attempts = oneOf(8, corpus)
  const signatories = await signatoriesOf(world)
  const changes = attempts.map((text) => ({
    kind: 'ADD',
    clause: mint(),
    heading: text.replaceAll(/\s/g, ' ').slice(0, 200),
    text,
  }))
  const { id } = (
    await does(torsby, 'draftProposal', { id: mint(), title: oneLine(200)[1], reason: everything.slice(0, 9_000), changes })
  ).subject
  await does(torsby, 'openProposal', { id })
  const { page, told } = await open(sunne)
  await page.goto(`${room}/agreement/proposals/${uuidOf(id)}`)
  await drawn(page)
  await expectQuiet(page, told)
  for (const actor of signatories)
    await does(actor, 'answerProposal', { id, position: 'YES', reason: everything.slice(0, 3_000) })
  await page.goto(`${room}/agreement/versions?from=1&to=3`)
  await drawn(page)
  await expectQuiet(page, told)
  await page.goto(`${room}/agreement`)
  await drawn(page)
  expect(await page.locator('.markdown').count()).toBeGreaterThan(attempts.length)
  await expectQuiet(page, told)
})

test('what would run is seen: stopped by the policy, and told here', async () => {
  const { page, told } = await open(sunne)
  await page.goto('/sign-in')
  await drawn(page)
  await page.evaluate(() =>
    document.body.insertAdjacentHTML('beforeend', '<img src="/none" onerror="ran(1)"><a href="javascript:ran(2)">x</a>'),
  )
  await eventually('the policy stops it', () => told.some((what) => what.startsWith('stopped: script-src')))
  expect(told.filter((what) => what.startsWith('ran'))).toEqual([])
  expect(await armed(page)).toHaveLength(2)
  console.log(`${corpus.length} attempts as every kind of text: none ran, none was stopped, none asked anybody outside`)
})
