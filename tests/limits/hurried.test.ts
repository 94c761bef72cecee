import { afterAll, expect, test } from 'vitest'
import { dictionary } from '../../client/src/lib/language/sv/dictionary.ts'
import type { Actor } from '../world/actor.ts'
import { openBrowser } from '../world/browser.ts'
import { eventually } from '../world/eventually.ts'
import { openWorld } from '../world/world.ts'
import { wide } from './asking.ts'

// Somebody whose own programs, in the same name, spend all that a minute has. The page says so in plain words, keeps what was done there, and
// sends it by itself when there is room; the others notice nothing.

const { tasks, outbox, keys } = dictionary
const world = await openWorld({ env: { RATE_LIMIT: '60000', COST_LIMIT: '60000' } })
const browser = await openBrowser()
afterAll(async () => {
  await browser.close()
  await world.close()
})
const torsby = await world.as('Torsby')
const sunne = await world.as('Sunne')
const munkfors = await world.as('Munkfors', 'ADMIN')

/** Spends what there is, and what comes back, until it is told to stop. */
const spend = (who: Actor) => {
  const work = { over: false, refused: 0 }
  const spending = async (document: string, variables: Record<string, unknown>) => {
    while (!work.over) if ((await who.ask(document, variables)).status === 429) work.refused += 1
  }
  const all = Promise.all([spending('{ viewer { member { name } } }', {}), spending(wide, { first: 2 })])
  return {
    spent: () => eventually('all of it is spent', () => work.refused > 20),
    stop: () => ((work.over = true), all),
  }
}

const title = 'Skriven i brådskan'
const titles = async () => {
  const { collaboration } = await torsby.query<{ collaboration: { tasks: { nodes: { title: string }[] } } }>(
    '{ collaboration { tasks(first: 100) { nodes { title } } } }',
  )
  return collaboration.tasks.nodes.map((task) => task.title)
}

test('what is done when a minute is spent waits, says why, and is sent once by itself', async () => {
  const page = await browser.as(torsby, { viewport: { width: 1600, height: 1200 } })
  const bodies: string[] = []
  page.on('request', (request) => request.url().endsWith('/graphql') && bodies.push(request.postData() ?? ''))
  await page.goto(`/c/${torsby.slug}/tasks`)
  await page.locator('[data-connection=live]').waitFor()
  const spending = spend(torsby)
  await spending.spent()

  await page.getByRole('button', { name: tasks.new, exact: true }).click()
  await page.getByPlaceholder(tasks.quickAddPlaceholder).fill(title)
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  // It shows at once, and beside the state of the connection what it waits for.
  await page.getByRole('link', { name: title }).first().waitFor()
  await page.locator('[data-outbox=waiting] summary').click()
  await page.getByText(outbox.hurried).waitFor()
  expect(await page.locator('[data-connection]').getAttribute('data-connection')).toBe('live')
  // Nobody else is slowed.
  expect((await sunne.ask('{ collaboration { tasks(first: 100) { totalCount } } }')).status).toBe(200)

  await spending.stop()
  await page.locator('[data-outbox]').waitFor({ state: 'detached' })
  // All of it was sent by its hash, and known by it.
  expect(bodies.length).toBeGreaterThan(1)
  expect(bodies.filter((body) => body.includes('"query"') || !body.includes('"sha256Hash"'))).toEqual([])
  expect((await titles()).filter((one) => one === title)).toHaveLength(1)
  await page.context().close()
})

test('what is done now or not at all says how long to wait, and can be done then', async () => {
  const page = await browser.as(munkfors)
  await page.goto(`/c/${munkfors.slug}/developers`)
  await page.locator('[data-connection=live]').waitFor()
  await page.getByRole('heading', { name: keys.limits }).waitFor()
  await page.getByRole('button', { name: keys.make }).click()
  await page.getByLabel(keys.name, { exact: true }).fill('Diariet')
  const spending = spend(munkfors)
  await spending.spent()
  await page.getByRole('dialog').getByRole('button', { name: keys.make }).click()
  await page.getByText(/^Du har gjort mycket på kort tid\. Vänta \d+ sekund(er)? och försök igen\.$/).waitFor()
  await spending.stop()
  await eventually('there is room', async () => (await munkfors.ask(wide, { first: 1 })).status === 200)
  await page.getByRole('dialog').getByRole('button', { name: keys.make }).click()
  await page.getByText(keys.once).waitFor()
  await page.context().close()
})
