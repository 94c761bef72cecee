import type { Page } from 'playwright-core'
import { afterAll, expect, test } from 'vitest'
import { uuidOf, type Actor } from '../world/actor.ts'
import { DONE, jointTask } from '../world/acts.ts'
import { openBrowser } from '../world/browser.ts'
import { eventually } from '../world/eventually.ts'
import { openLine } from '../world/line.ts'
import { openWorld } from '../world/world.ts'
import { differences, dumpCache } from './pageCache.ts'
import { doings } from './doings.ts'
import { watch } from './pageWatch.ts'

// What is on the page is what is in the database, also after the network was gone and after the server was killed: the page
// goes on from its cursor, asks for no snapshot, is not loaded anew, and ends with what a fresh load shows.

const CHANGES = 50
/** With PROVE the network stays away for twenty seconds; otherwise for as long as the changes take. */
const AWAY_MS = process.env['PROVE'] ? 20_000 : 0

const world = await openWorld()
const browser = await openBrowser()
const line = await openLine(world.server)
afterAll(async () => {
  await browser.close()
  await line.close()
  await world.close()
})

const torsby = await world.as('Torsby')
const hagfors = await world.as('Hagfors')
const polisen = await world.as('Polisen', 'CONTRIBUTOR')
const talk = await jointTask(torsby, { title: 'Gemensam lägesbild' })
const board = `/c/${polisen.slug}/tasks?task=${uuidOf(talk.id)}`

const live = (page: Page) => page.locator('[data-connection=live]').waitFor()
/** Not the announcement for those who listen: it tells what has just happened, which a fresh load cannot know. */
const visible = async (page: Page) => (await page.locator('header.top, #main').allInnerTexts()).join('\n')

const openBoard = async (who: Actor): Promise<Page> => {
  // High enough for every card: text that has been scrolled out of sight is not laid out, and counts as not visible.
  const page = await browser.as(who, { viewport: { width: 1400, height: 8_000 } })
  await page.goto(board)
  await live(page)
  return page
}

/** The page shows and holds what a fresh load does. Marks of what is new fade first. */
const equalsFreshLoad = async (page: Page, titles: readonly string[]) => {
  await eventually('the page has caught up', async () => (await visible(page)).includes(titles.at(-1) ?? ''), 15_000)
  const other = await openBoard(polisen)
  try {
    const expected = await visible(other)
    for (const title of titles) expect(expected).toContain(title)
    let seen = ''
    await eventually('the marks fade', async () => (seen = await visible(page)) === expected, 10_000).catch(() => undefined)
    expect(seen).toBe(expected)
    const fresh = await dumpCache(other)
    for (const type of ['Task', 'Comment', 'Entry', 'Member', 'Party']) {
      expect(Object.keys(fresh).filter((key) => key.startsWith(`${type}:`)).length, type).toBeGreaterThan(4)
    }
    expect(differences(await dumpCache(page), fresh)).toEqual([])
  } finally {
    await other.context().close()
  }
}

/** What the page asked for: nothing but to go on. */
const asked = ({ documents, operations, received, sockets }: ReturnType<typeof watch>) => ({
  documents,
  operations,
  resyncs: received.filter((frame) => frame.includes('Resync')),
  followed: sockets.length > 0,
})
const nothing = { documents: [], operations: [], resyncs: [], followed: true }

const happened = async () =>
  (await world.sql<{ count: number }>(`select count(*)::int as count from ${DONE} as entry`))[0]?.count ?? 0

test('the network of an open board is gone while fifty things happen', async () => {
  const page = await openBoard(line.caller(polisen))
  const seen = watch(page)
  line.cut()
  const from = performance.now()
  await page.locator('[data-connection=offline]').waitFor()
  const before = await happened()
  const titles = await doings([torsby, hagfors], talk, CHANGES)
  expect((await happened()) - before).toBeGreaterThanOrEqual(CHANGES)
  const [last] = titles.slice(-1)
  expect(await visible(page)).not.toContain(last)
  await eventually('the network has been away for long', () => performance.now() - from >= AWAY_MS, AWAY_MS + 60_000)
  line.heal()
  await live(page)
  await equalsFreshLoad(page, titles)
  expect(asked(seen)).toEqual(nothing)
  await page.context().close()
}, 90_000)

test('the server is killed under an open board, and comes back after others have worked on another one', async () => {
  const page = await openBoard(polisen)
  const seen = watch(page)
  const other = await world.anotherServer()
  const people = [await world.as('Torsby', 'COORDINATOR', other), await world.as('Hagfors', 'COORDINATOR', other)]
  await world.server.kill()
  await page.locator('[data-connection=offline]').waitFor()
  const titles = await doings(people, talk, CHANGES)
  await world.server.start()
  await equalsFreshLoad(page, titles)
  expect(asked(seen)).toEqual(nothing)
  await page.context().close()
}, 90_000)
