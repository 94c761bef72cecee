import { afterAll, expect, test } from 'vitest'
import { jointTask } from '../world/acts.ts'
import { openBrowser } from '../world/browser.ts'
import { openWorld } from '../world/world.ts'

// Trying questions in the browser, as oneself: nothing of it comes from elsewhere, and nobody without a seat gets in.

const [world, browser] = await Promise.all([openWorld(), openBrowser()])
afterAll(async () => {
  await browser.close()
  await world.close()
})

test('whoever has a seat asks, follows and reads the documentation; whoever has none signs in first', async () => {
  const torsby = await world.as('Torsby')
  const address = `/c/${torsby.slug}/developers/graphiql`
  const turned = await world.visitor().fetch(address)
  expect([turned.status, turned.headers.get('location')]).toEqual([303, `/sign-in?next=${encodeURIComponent(address)}`])
  expect((await torsby.fetch('/c/elsewhere/developers/graphiql')).status).toBe(303)
  expect((await torsby.fetch('/graphiql/other.js')).status).toBe(404)
  expect((await torsby.fetch(address, { method: 'POST', headers: { origin: torsby.origin } })).status).toBe(405)

  const page = await browser.as(torsby)
  const elsewhere: string[] = []
  const said: string[] = []
  page.on(
    'request',
    (request) => /^(https?|wss?):/.test(request.url()) && !request.url().startsWith(world.url) && elsewhere.push(request.url()),
  )
  page.on('console', (message) => message.type() === 'error' && said.push(message.text()))
  page.on('pageerror', (error) => said.push(String(error)))
  await page.goto(`/c/${torsby.slug}/developers`)
  await page.getByRole('link', { name: 'Öppna GraphiQL' }).click()

  const answer = page.locator('.result-window')
  await page.getByRole('button', { name: /execute query/i }).click()
  await page.getByRole('menuitem', { name: 'Tasks' }).click()
  await answer.getByText('"collaboration"').waitFor()
  await answer.getByText('MS5').first().waitFor()

  await page.getByRole('button', { name: /documentation explorer/i }).click()
  await page.getByText('A GraphQL schema provides a root type').waitFor()
  await page.getByRole('link', { name: 'Query', exact: true }).click()
  await page.getByText('All fields of one query see one snapshot').waitFor()

  await page.getByRole('button', { name: /execute query/i }).click()
  await page.getByRole('menuitem', { name: 'Follow' }).click()
  await page.getByRole('button', { name: /stop query/i }).waitFor()
  await jointTask(torsby, { title: 'Medan någon ser på' })
  await answer.getByText('"task.shared"').or(answer.getByText('"task.created"')).first().waitFor()
  expect(elsewhere).toEqual([])
  expect(said).toEqual([])
})
