import { createDatabase, dropDatabase } from '@samsyn/prisma/engine/databases'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, expect, test } from 'vitest'
import { dictionary } from '../../client/src/lib/language/sv/dictionary.ts'
import { identity } from '../../client/src/lib/language/sv/identity.ts'
import { samsyn } from '../../server/src/operator/run.testing.ts'
import { caughtUp } from '../notifications/expected.ts'
import { mint, uuidOf, type Actor } from '../world/actor.ts'
import { does, jointTask, type Done } from '../world/acts.ts'
import { openBrowser } from '../world/browser.ts'
import { eventually } from '../world/eventually.ts'
import { openLine } from '../world/line.ts'
import { openWorld } from '../world/world.ts'
import { watch } from './pageWatch.ts'

// Three have the hub open: a board, a task, and a task that comes after the backup. A backup is taken, people go on, the database is
// lost, and the backup is restored. Each page then shows what the restored hub has, and what was written meanwhile is not lost.

const { comments, outbox, tasks, ui } = dictionary

const world = await openWorld()
const browser = await openBrowser()
const line = await openLine(world.server)
afterAll(async () => {
  await browser.close()
  await line.close()
  await world.close()
})

const settings = { DATABASE_URL: world.ownerUrl, DATA_DIR: world.dataDir }
const folder = join(world.dataDir, 'backup')

const [torsby, sunne, munkfors] = [await world.as('Torsby'), await world.as('Sunne'), await world.as('Munkfors')]
const talk = await jointTask(torsby, { title: 'Gemensam lägesbild', description: 'Som vi kom överens om.' })
const say = async (who: Actor, task: Done['subject'], text: string) =>
  (await does(who, 'writeComment', { id: mint(), task: task.id, audience: 'AS_PARENT', text })).subject
const regretted = await say(sunne, talk, 'Skulle aldrig ha skrivits.')
await say(sunne, talk, 'Sagt före säkerhetskopian.')

const live = (page: Page) => page.locator('[data-connection=live]').waitFor()
const card = (page: Page, title: string) => page.getByRole('link', { name: title, exact: true })
const heading = (page: Page, title: string) => page.getByTitle(tasks.editTitle).filter({ hasText: title }).waitFor()
const unread = async (page: Page) => Number(await page.locator('nav .unread [aria-hidden]').textContent())
const stored = async (id: string) => {
  const [row] = await world.sql<{ title: string; version: number }>('select title, version from task where id = $1', [uuidOf(id)])
  return row ?? expect.fail('the task is gone')
}
const told = () => eventually('the inboxes are as far as the streams', () => caughtUp(world))

const open = async (who: Actor, path: string): Promise<Page> => {
  const page = await browser.as(who, { viewport: { width: 1600, height: 1200 } })
  // Whoever was away for long looks again every fifteen seconds at most.
  page.setDefaultTimeout(60_000)
  await page.goto(`/c/${who.slug}/${path}`)
  await live(page)
  return page
}

/** In another window of the same browser, straight at the hub. */
const signInBeside = async (page: Page, { seat }: Actor) => {
  const beside = await page.context().newPage()
  await beside.goto(`${world.url}/sign-in`)
  await beside.getByRole('button', { name: seat.name }).click()
  await beside.waitForURL(/\/c\//)
  await beside.close()
}

const before = await jointTask(torsby, { title: 'Före säkerhetskopian' })
await told()
await samsyn(['backup', '--to', folder], settings)

const board = await open(line.caller(sunne), 'tasks?view=list')
await board.getByRole('link', { name: tasks.board, exact: true }).click()
await card(board, 'Före säkerhetskopian').waitFor()
const beginning = await unread(board)
const task = await open(line.caller(torsby), `tasks/${uuidOf(talk.id)}`)
await task.getByText('Skulle aldrig ha skrivits.').waitFor()

const lost = await jointTask(torsby, { title: 'Efter säkerhetskopian', responsible: [] })
const other = await open(munkfors, `tasks?task=${uuidOf(lost.id)}`)
await does(sunne, 'editTask', { id: talk.id, baseVersion: 2, title: 'Lägesbild enligt Sunne' })
await does(torsby, 'editTask', { id: before.id, baseVersion: 2, title: 'Omdöpt efter säkerhetskopian' })
await does(sunne, 'withdrawComment', { id: regretted.id })
await say(munkfors, talk, 'Sagt efter säkerhetskopian.')
await say(torsby, talk, `@[${sunne.seat.name}](member:${sunne.seat.memberId}) Läs!`)

test('what came after the backup is on the pages while the hub has it', async () => {
  await card(board, 'Efter säkerhetskopian').waitFor()
  await card(board, 'Omdöpt efter säkerhetskopian').waitFor()
  await eventually('the inbox has more', async () => (await unread(board)) > beginning)
  await heading(task, 'Lägesbild enligt Sunne')
  await task.getByText('Sagt efter säkerhetskopian.').waitFor()
  await task.getByText('Skulle aldrig ha skrivits.').waitFor({ state: 'detached' })
})

test('the database is lost while things are written, and the backup is restored', async () => {
  line.cut()
  await world.server.stop()
  for (const page of [board, task, other]) await page.locator('[data-connection=offline]').waitFor()

  // On what they had seen last: one text that nobody will touch, one that somebody will.
  await task.getByTitle(tasks.editTitle).click()
  await task.getByLabel(tasks.title, { exact: true }).fill('Lägesbild enligt Torsby')
  await task.keyboard.press('Enter')
  await task.getByRole('button', { name: ui.edit, exact: true }).first().click()
  await task.getByLabel(tasks.description, { exact: true }).fill('Torsbys beskrivning.')
  await task.keyboard.press('Control+Enter')
  await task.getByText(outbox.waiting(2)).waitFor()
  await other.getByLabel(comments.label).fill('Skrivet till något som går förlorat.')
  await other.keyboard.press('Control+Enter')
  await other.getByRole('button', { name: tasks.new, exact: true }).click()
  await other.getByPlaceholder(tasks.quickAddPlaceholder).fill('Skrivet medan hubben var borta')
  await other.keyboard.press('Enter')
  await other.getByText(outbox.waiting(2)).waitFor()

  const name = new URL(world.ownerUrl).pathname.slice(1)
  await dropDatabase(world.ownerUrl, name)
  await createDatabase(world.ownerUrl, name)
  const said = await samsyn(['restore', '--from', folder], settings)
  expect(said).toMatchObject({ code: 0, error: '', out: expect.stringContaining('Erased again 1 comments') })
  await world.server.start()
})

test('who has signed in again in another window: the page goes on by itself, without a reload', async () => {
  const [sunneAgain, torsbyAgain] = [await world.as('Sunne'), await world.as('Torsby')]
  await does(sunneAgain, 'editTask', {
    id: talk.id,
    baseVersion: (await stored(talk.id)).version,
    description: 'Sunnes beskrivning.',
  })
  await signInBeside(board, sunne)
  await signInBeside(task, torsby)
  const seen = [watch(board), watch(task)]
  line.heal()
  // As a browser says that finds its network again, so that nobody has to wait for the next try.
  for (const page of [board, task]) await page.evaluate(() => window.dispatchEvent(new Event('online')))
  await live(board)
  await live(task)

  await card(board, 'Före säkerhetskopian').waitFor()
  await card(board, 'Efter säkerhetskopian').waitFor({ state: 'detached' })
  await eventually('the inbox is as it was', async () => (await unread(board)) === beginning)
  await board.getByRole('link', { name: tasks.list, exact: true }).click()
  await card(board, 'Före säkerhetskopian').waitFor()
  expect(await card(board, 'Efter säkerhetskopian').count()).toBe(0)
  expect(await card(board, 'Omdöpt efter säkerhetskopian').count()).toBe(0)

  // The act that nobody stood in the way of is done; the other waits for a choice, as it would have without a restore.
  await heading(task, 'Lägesbild enligt Torsby')
  const notice = task.getByRole('alert').filter({ hasText: tasks.conflict.title })
  await notice.getByText('Sunnes beskrivning.').waitFor()
  await notice.getByText('Torsbys beskrivning.').waitFor()
  await task.getByText('Sagt före säkerhetskopian.').waitFor()
  await task.getByText('Sagt efter säkerhetskopian.').waitFor({ state: 'detached' })
  expect(await task.getByText('Skulle aldrig ha skrivits.').count()).toBe(0)
  await eventually('the title is kept', async () => (await stored(talk.id)).title === 'Lägesbild enligt Torsby')

  await say(sunneAgain, talk, 'Sagt efter återställningen.')
  await does(torsbyAgain, 'editTask', {
    id: before.id,
    baseVersion: (await stored(before.id)).version,
    title: 'Efter återställningen',
  })
  await task.getByText('Sagt efter återställningen.').waitFor()
  await card(board, 'Efter återställningen').waitFor()
  expect(seen.flatMap(({ documents }) => documents)).toEqual([])
})

test('who is not signed in is told so, comes back to the same place, and what was written is done or told of', async () => {
  await other.getByText(identity.ended).waitFor()
  expect(await other.content()).not.toContain('Efter säkerhetskopian')
  await other.getByRole('button', { name: munkfors.seat.name }).click()
  await live(other)
  expect(new URL(other.url()).searchParams.get('task')).not.toBeNull()
  await other.getByText(tasks.missing).first().waitFor()
  await card(other, 'Skrivet medan hubben var borta').waitFor()
  await card(other, 'Efter återställningen').waitFor()
  expect(await card(other, 'Efter säkerhetskopian').count()).toBe(0)
  await other.getByText(outbox.failed(1)).click()
  await other.getByText('Skrivet till något som går förlorat.').waitFor()
  await other.getByRole('button', { name: outbox.copy }).waitFor()
  const kept = await world.sql('select from task where title = $1', ['Skrivet medan hubben var borta'])
  expect(kept).toHaveLength(1)
})
