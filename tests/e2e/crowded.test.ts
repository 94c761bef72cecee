import { afterAll, expect, test } from 'vitest'
import { dictionary } from '../../client/src/lib/language/sv/dictionary.ts'
import { does, jointTask } from '../world/acts.ts'
import { openBrowser } from '../world/browser.ts'
import { openWorld } from '../world/world.ts'

// One window too many: it says that it is not kept up to date and why, saves what is done in it, and follows when there is room.

const { tasks, ui } = dictionary

const world = await openWorld({ env: { SOCKET_LIMIT: '1' } })
const browser = await openBrowser()
afterAll(async () => {
  await browser.close()
  await world.close()
})

test('the second window waits until the first is closed, and misses nothing', async () => {
  const [torsby, sunne] = [await world.as('Torsby'), await world.as('Sunne')]
  const first = await browser.as(torsby)
  await first.goto(`/c/${torsby.slug}/tasks`)
  await first.locator('[data-connection=live]').waitFor()
  const second = await first.context().newPage()
  await second.goto(`/c/${torsby.slug}/tasks`)
  await second.getByText(ui.connection.crowded).click()
  await second.getByText(ui.connection.explain.crowded).waitFor()

  await second.getByRole('button', { name: ui.connection.retry }).click()
  await second.locator('[data-connection=crowded]').waitFor()
  await second.keyboard.press('Escape')
  const { id } = await jointTask(sunne, { title: 'Medan det var fullt' })
  await second.getByRole('button', { name: tasks.new, exact: true }).click()
  await second.getByPlaceholder(tasks.quickAddPlaceholder).fill('Skrivet medan det var fullt')
  await second.keyboard.press('Enter')
  // While somebody writes, nothing moves under their hands.
  await second.keyboard.press('Escape')
  await first.getByRole('link', { name: 'Skrivet medan det var fullt' }).waitFor()
  await does(sunne, 'editTask', { id, baseVersion: 2, title: 'Medan det var fullt, omdöpt' })
  expect(await second.getByRole('link', { name: 'Medan det var fullt', exact: true }).count()).toBe(0)

  await first.close()
  await second.getByText(ui.connection.crowded).click()
  await second.getByRole('button', { name: ui.connection.retry }).click()
  await second.locator('[data-connection=live]').waitFor()
  await second.getByRole('link', { name: 'Medan det var fullt, omdöpt' }).waitFor()
})
