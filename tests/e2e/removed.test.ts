import { afterAll, expect, test } from 'vitest'
import { dictionary } from '../../client/src/lib/language/sv/dictionary.ts'
import { identity } from '../../client/src/lib/language/sv/identity.ts'
import { does, jointTask } from '../world/acts.ts'
import { openBrowser } from '../world/browser.ts'
import { eventually } from '../world/eventually.ts'
import { openWorld } from '../world/world.ts'
import { watch } from './pageWatch.ts'

// Who loses their seat while the board is open hears nothing more, asks in vain, and is told plainly what happened.

const CLOSED_WITHIN_MS = 5_000
const { ended, left, leftText, signIn } = identity

const world = await openWorld()
const browser = await openBrowser()
afterAll(async () => {
  await browser.close()
  await world.close()
})

test('a member is removed while their board is open', async () => {
  const [torsby, admin, pontus] = [
    await world.as('Torsby'),
    await world.as('Polisen', 'ADMIN'),
    await world.as('Polisen', 'CONTRIBUTOR'),
  ]
  const page = await browser.as(pontus)
  page.setDefaultTimeout(8_000)
  let closed: number | undefined
  page.on('websocket', (socket) => socket.on('close', () => (closed ??= performance.now())))
  const seen = watch(page)
  await page.goto(`/c/${pontus.slug}/tasks`)
  await page.locator('[data-connection=live]').waitFor()
  await jointTask(torsby, { title: 'Medan Pontus är med' })
  await page.getByRole('link', { name: 'Medan Pontus är med' }).waitFor()
  seen.reset()

  const asking = performance.now()
  await does(admin, 'removeMember', { id: pontus.memberId })
  const asked = await pontus.ask('{ viewer { member { name } } collaboration { tasks(first: 1) { totalCount } } }')
  expect(asked.data).toEqual({ viewer: { member: null }, collaboration: null })
  await jointTask(torsby, { title: 'Efter att Pontus har lämnat' })

  const after = (await eventually('the socket is closed', () => closed, CLOSED_WITHIN_MS)) - asking
  console.log(`the socket was closed ${after.toFixed(0)} ms after the removal was asked for`)
  await page.getByText(left).waitFor()
  await page.getByText(leftText).waitFor()
  await page.waitForLoadState('networkidle')
  expect(seen.documents.map((url) => new URL(url).pathname)).toEqual(['/'])
  expect(seen.sockets).toEqual([])
  expect(seen.received.join()).not.toContain('Efter att Pontus har lämnat')
  expect(await page.content()).not.toContain('Efter att Pontus har lämnat')
  // Neither the way back nor the old address lets anybody in.
  await page.goBack()
  await page.goto(`/c/${pontus.slug}/tasks`)
  await page.getByText(dictionary.ui.error.missing.title).waitFor()
})

test('who signs out in one window is signed out in the other', async () => {
  const hagfors = await world.as('Hagfors')
  const page = await browser.as(hagfors)
  await page.goto(`/c/${hagfors.slug}/tasks`)
  await page.locator('[data-connection=live]').waitFor()
  const seen = watch(page)
  await hagfors.submit('/auth/sign-out', {})
  await page.getByRole('heading', { name: signIn, exact: true }).waitFor()
  await page.getByText(ended).waitFor()
  await page.waitForLoadState('networkidle')
  expect(seen.documents.at(-1)).toMatch(/\/sign-in\?ended=&next=%2Fc%2F/)
  expect(seen.documents.length).toBeLessThan(4)
  expect(seen.sockets).toEqual([])
})
