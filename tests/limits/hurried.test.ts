import { afterAll, expect, onTestFinished, test } from 'vitest'
import { dictionary } from '../../client/src/lib/language/sv/dictionary.ts'
import { jointTask } from '../world/acts.ts'
import { keys } from '../../client/src/lib/language/sv/keys.ts'
import { openBrowser } from '../world/browser.ts'
import { inTime } from '../world/eventually.ts'
import { eventually } from '../world/eventually.ts'
import { openWorld } from '../world/world.ts'
import { wide } from './asking.ts'

// Somebody whose own programs, in the same name, spend all that a minute has. The page says so in plain words, keeps what was done there, and
// sends it by itself when there is room; the others notice nothing.

const { tasks, outbox } = dictionary
const world = await openWorld({ env: { RATE_LIMIT: '120000', COST_LIMIT: '60000' } })
const browser = await openBrowser()
afterAll(async () => {
  await browser.close()
  await world.close()
})
const torsby = await world.as('Torsby')
const sunne = await world.as('Sunne')
/** Whose minute nobody has spent. */
const munkfors = await world.as('Munkfors')

/** Spends what there is, and what comes back, until it is told to stop. */
const spend = async () => {
  while ((await torsby.ask(wide, { first: 4 })).status === 200);
  const work = { over: false }
  const spent = Promise.withResolvers<void>()
  const spending = async () => {
    while (!work.over) if ((await torsby.ask('{ viewer { member { name } } }')).status === 429) spent.resolve()
  }
  const all = Promise.allSettled(Array.from({ length: 8 }, spending))
  await inTime('nothing is left of the minute', spent.promise, 60_000)
  return () => ((work.over = true), all)
}

const written = Array.from({ length: 5 }, (_, number) => `Skriven i brådskan, nummer ${number + 1}`)

test('what is done when a minute is spent waits, says why, and is sent once by itself', async () => {
  const page = await browser.as(torsby, { viewport: { width: 1600, height: 1200 } })
  const bodies: string[] = []
  page.on('request', (request) => request.url().endsWith('/graphql') && bodies.push(request.postData() ?? ''))
  const frames: string[] = []
  page.on('websocket', (socket) => socket.on('framesent', ({ payload }) => frames.push(String(payload))))
  await page.goto(`/c/${torsby.slug}/tasks`)
  await page.locator('[data-connection=live]').waitFor()
  const stop = await spend()
  onTestFinished(() => void stop())

  await page.getByRole('button', { name: tasks.new, exact: true }).click()
  for (const title of written) {
    await page.getByPlaceholder(tasks.quickAddPlaceholder).fill(title)
    await page.keyboard.press('Enter')
  }
  await page.keyboard.press('Escape')
  // They show at once, and beside the state of the connection what they wait for.
  for (const title of written) await page.getByRole('link', { name: title }).first().waitFor()
  await page.locator('[data-outbox=waiting] summary').click()
  await page.getByText(outbox.hurried).waitFor()
  expect(await page.locator('[data-connection]').getAttribute('data-connection')).toBe('live')
  // Nobody else is slowed.
  expect((await sunne.ask('{ collaboration { tasks(first: 100) { totalCount } } }')).status).toBe(200)

  await stop()
  await page.locator('[data-outbox]').waitFor({ state: 'detached' })
  // All of it was sent by its hash, and known by it.
  expect(bodies.length).toBeGreaterThan(1)
  expect(bodies.filter((body) => body.includes('"query"') || !body.includes('"sha256Hash"'))).toEqual([])
  const followed = frames.filter((frame) => frame.includes('"subscribe"'))
  expect(followed.length).toBeGreaterThan(1)
  expect(followed.filter((frame) => !frame.includes('"query":""') || !frame.includes('"sha256Hash"'))).toEqual([])
  const kept = () => world.sql<{ title: string }>('select title from task where title = any ($1) order by title', [written])
  await eventually('all of it is kept', async () => (await kept()).length >= written.length)
  expect((await kept()).map(({ title }) => title)).toEqual(written)
  await page.context().close()
})

test('a page whose documents the server does not know says them in full', async () => {
  const page = await browser.as(sunne)
  const said: string[] = []
  await page.routeWebSocket(/\/graphql$/, (socket) => {
    const server = socket.connectToServer()
    socket.onMessage((message) => {
      const sent = String(message).replace(/(?<="sha256Hash":")\w{64}/, 'a'.repeat(64))
      said.push(sent)
      server.send(sent)
    })
  })
  await page.goto(`/c/${sunne.slug}/tasks`)
  await page.locator('[data-connection=live]').waitFor()
  await jointTask(munkfors, { title: 'Till en nyare sida' })
  await page.getByRole('link', { name: 'Till en nyare sida' }).first().waitFor()
  expect(said.some((frame) => frame.includes('"query":"subscription'))).toBe(true)
  await page.context().close()
})

test('the developers’ page tells the figures of this server', async () => {
  const page = await browser.as(sunne)
  await page.goto(`/c/${sunne.slug}/developers`)
  const bounds = page.getByRole('region', { name: keys.limits, exact: true })
  const shown = (await bounds.locator('dl').innerText()).replaceAll(/\s/g, ' ')
  expect(shown).toContain(`${keys.bounds.cost} 60 000`)
  expect(shown).toContain(`${keys.bounds.messageBytes} 1 000 000`)
  await page.context().close()
})
