import type { Page } from 'playwright-core'
import { afterAll, expect, test } from 'vitest'
import { dictionary } from '../../client/src/lib/language/sv/dictionary.ts'
import { uuidOf, type Actor } from '../world/actor.ts'
import { does, jointTask } from '../world/acts.ts'
import { openBrowser } from '../world/browser.ts'
import { eventually } from '../world/eventually.ts'
import { openLine } from '../world/line.ts'
import { openWorld } from '../world/world.ts'

// Somebody goes on working while the network is away, and others change the same and other things meanwhile. Afterwards all that was
// typed is either there once, or waits beside what somebody else wrote for a choice. Nothing is lost, also when the page was closed.

/** With PROVE the network stays away for five minutes; otherwise for as long as the acts take. */
const AWAY_MS = process.env['PROVE'] ? 300_000 : 0
const { tasks, comments, outbox, ui } = dictionary

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
const [{ party } = { party: '' }] = await world.sql<{ party: string }>('select party_id as party from member where id = $1', [
  uuidOf(torsby.memberId),
])
const talk = await jointTask(torsby, { title: 'Gemensam lägesbild', description: 'Som vi kom överens om.' })
const other = await jointTask(torsby, { title: 'Trygghetsvandring i mars' })
const board = (actor: Actor) => `/c/${actor.slug}/tasks?task=${uuidOf(talk.id)}`
const beside = (page: Page) => page.getByRole('complementary', { name: tasks.beside })
const live = (page: Page) => page.locator('[data-connection=live]').waitFor()

const open = async (): Promise<Page> => {
  const page = await browser.as(line.caller(torsby), { viewport: { width: 1600, height: 1400 } })
  await page.goto(board(torsby))
  await live(page)
  return page
}

const cut = async (page: Page) => {
  line.cut()
  await page.locator('[data-connection=offline]').waitFor()
}

const quickAdd = async (page: Page, title: string) => {
  await page.getByRole('button', { name: tasks.new, exact: true }).click()
  await page.getByPlaceholder(tasks.quickAddPlaceholder).fill(title)
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  await page.getByRole('link', { name: title }).first().waitFor()
}
const retitle = async (page: Page, title: string) => {
  await beside(page).getByTitle(tasks.editTitle).click()
  await beside(page).getByLabel(tasks.title, { exact: true }).fill(title)
  await page.keyboard.press('Enter')
  await beside(page).getByTitle(tasks.editTitle).filter({ hasText: title }).waitFor()
}
const say = async (page: Page, text: string) => {
  await beside(page).getByLabel(comments.label).fill(text)
  await page.keyboard.press('Control+Enter')
  await beside(page).getByText(text).waitFor()
}
const moveTo = (page: Page, state: string) => beside(page).getByLabel(tasks.state, { exact: true }).selectOption(state)

interface Row {
  readonly kind: string
  readonly count: number
}

/** What stands in the journal by Torsby's coordinator, from a place on. */
const done = async (since: number): Promise<Record<string, number>> => {
  const rows = await world.sql<Row>(
    `select kind, count(*)::int from journal_entry join stream_entry on entry_id = id
     where stream_id = $1 and seq > $2 and actor_id = $3 group by kind`,
    [party, since, uuidOf(torsby.memberId)],
  )
  return Object.fromEntries(rows.map(({ kind, count }) => [kind, count]))
}
const place = async (): Promise<number> =>
  (await world.sql<{ seq: string }>('select seq from stream_head where stream_id = $1', [party])).map(({ seq }) =>
    Number(seq),
  )[0] ?? 0
const titleOf = async (id: string) =>
  (await world.sql<{ title: string }>('select title from task where id = $1', [uuidOf(id)]))[0]?.title

test(
  'ten things done without a network, while others change the same and other things',
  async () => {
    const page = await open()
    const since = await place()
    await cut(page)
    const from = performance.now()

    await quickAdd(page, 'Skrivet utan nät, ett')
    await quickAdd(page, 'Skrivet utan nät, två')
    await retitle(page, 'Lägesbild, första försöket')
    await retitle(page, 'Lägesbild för hösten')
    await say(page, 'Ett ord från tåget.')
    await say(page, 'Och ett till.')
    await moveTo(page, 'ONGOING')
    await moveTo(page, 'DELIVERED')
    await say(page, 'Sista ordet innan tunneln.')
    await moveTo(page, 'APPROVED')
    await page.getByText(outbox.waiting(10)).waitFor()

    await does(sunne, 'editTask', { id: talk.id, baseVersion: 2, title: 'Lägesbild enligt Sunne' })
    await does(sunne, 'editTask', { id: talk.id, baseVersion: 3, description: 'Sunne har skrivit om.' })
    await does(sunne, 'editTask', { id: other.id, baseVersion: 2, title: 'Trygghetsvandring i april' })
    await eventually('the network has been away for long', () => performance.now() - from >= AWAY_MS, AWAY_MS + 60_000)

    line.heal()
    await live(page)
    // All but the title is done; the title waits for a choice, with all three texts.
    const notice = page.getByRole('alert').filter({ hasText: tasks.conflict.title })
    await notice.waitFor({ timeout: 20_000 })
    await notice.getByText('Lägesbild för hösten').waitFor()
    await notice.getByText('Lägesbild enligt Sunne').waitFor()
    await notice.getByText(tasks.conflict.base).click()
    await notice.getByText('Gemensam lägesbild').waitFor()
    await page.getByRole('link', { name: 'Trygghetsvandring i april' }).waitFor()
    await beside(page).getByText('Sunne har skrivit om.').waitFor()
    const counts = await eventually('all that can be done is done', async () => {
      const now = await done(since)
      return now['task.moved'] === 3 && now
    })
    expect(counts).toEqual({ 'task.created': 2, 'comment.written': 3, 'task.moved': 3 })
    expect(await titleOf(talk.id)).toBe('Lägesbild enligt Sunne')

    await notice.getByRole('button', { name: tasks.conflict.keepMine }).click()
    await notice.waitFor({ state: 'detached' })
    await eventually('the choice is kept', async () => (await titleOf(talk.id)) === 'Lägesbild för hösten')
    await page.locator('[data-outbox]').waitFor({ state: 'detached' })
    expect(await done(since)).toEqual({ ...counts, 'task.edited': 1 })
    console.log(`done without a network: 10; applied ${8}, in conflict 2 edits of one title, chosen 1, lost 0, twice 0`)
    await page.context().close()
  },
  AWAY_MS + 90_000,
)

test('the page is closed before the network is back: the next one goes on', async () => {
  const page = await open()
  const since = await place()
  await cut(page)
  await say(page, 'Skrivet före omladdningen.')
  await retitle(page, 'Titeln före omladdningen')
  await page.getByText(outbox.waiting(2)).waitFor()
  const context = page.context()
  await page.close()

  line.heal()
  const next = await context.newPage()
  await next.goto(board(torsby))
  await live(next)
  await beside(next).getByText('Skrivet före omladdningen.').waitFor()
  await beside(next).getByTitle(tasks.editTitle).filter({ hasText: 'Titeln före omladdningen' }).waitFor()
  await eventually('both are done', async () => (await done(since))['task.edited'] === 1)
  expect(await done(since)).toEqual({ 'comment.written': 1, 'task.edited': 1 })
  expect(await next.getByText(ui.connection.live).count()).toBeGreaterThan(0)

  // A third page finds nothing left to do.
  const third = await context.newPage()
  await third.goto(board(torsby))
  await live(third)
  await third.waitForLoadState('networkidle')
  expect(await done(since)).toEqual({ 'comment.written': 1, 'task.edited': 1 })
  await context.close()
}, 60_000)
