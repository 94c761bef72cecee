import { afterAll, expect, test } from 'vitest'
import { tasks } from '../../client/src/lib/language/sv/tasks.ts'
import { errors } from '../../client/src/lib/language/sv/errors.ts'
import { webhooks as w } from '../../client/src/lib/language/sv/webhooks.ts'
import { violations } from '../accessibility/violations.ts'
import { mint } from '../world/actor.ts'
import { act, does, newTask } from '../world/acts.ts'
import { openBrowser } from '../world/browser.ts'
import { Consumer } from '../world/consumer.ts'
import { eventually } from '../world/eventually.ts'
import { openWorld } from '../world/world.ts'
import { caughtUp, EVERYTHING, hookOf, NETWORKS, rowOf } from './hooks.ts'

// A webhook that there is comes to be called something else, to be sent elsewhere and to ask something else: what is sent then, to whom, and
// what becomes of what was on its way.

const [world, browser] = await Promise.all([openWorld({ env: NETWORKS }), openBrowser()])
const consumers: Consumer[] = []
afterAll(async () => {
  await browser.close()
  await world.close()
  for (const consumer of consumers) await consumer.down()
})
const receiver = async () => {
  const consumer = await Consumer.open()
  consumers.push(consumer)
  return consumer
}
const torsby = await world.as('Torsby')
const KINDS = 'subscription { changes { ... on ChangeBatch { changes { kind } } } }'

test('what is yet to be sent goes to the new address, as it is asked now, signed with the same secret, and nothing is lost', async () => {
  const [first, second] = [await receiver(), await receiver()]
  const hook = await hookOf(torsby, first)
  await caughtUp(world, hook)
  first.answer = () => 503
  const { id: before } = await newTask(torsby)
  await eventually('it is tried in vain', async () => (await rowOf(world, hook)).attempts > 0)
  second.secrets = [hook.secret]
  const wanted = { url: second.url, document: KINDS, name: 'Det nya diariet' }
  const input = { id: hook.id, baseVersion: 1, ...wanted, idempotencyKey: mint() }
  expect((await does(torsby, 'editWebhook', input)).subject).toMatchObject({
    ...wanted,
    version: 2,
    attempts: 0,
    state: 'ACTIVE',
  })
  expect(await act(torsby, 'editWebhook', input)).toMatchObject({ webhook: { version: 2 } })
  // At once, whatever the other one had made it wait.
  await caughtUp(world, hook)
  expect(second.taken.map(({ type }) => type)).toEqual(['task.created', 'webhook.edited'])
  expect(second.taken[0]?.data).toEqual({ changes: { changes: [{ kind: 'task.created' }] } })
  expect(first.taken.some(({ body }) => body.includes(before))).toBe(false)
  expect([...first.disbelieved, ...second.disbelieved]).toEqual([])
  // The same said again is no change.
  await does(torsby, 'editWebhook', { id: hook.id, baseVersion: 2, ...wanted })
  expect(await rowOf(world, hook)).toMatchObject({ version: 2 })
})

test('what the former address answers when it has been changed says nothing of the new one', async () => {
  const [first, second] = [await receiver(), await receiver()]
  let asked = 0
  first.answer = () => {
    asked += 1
    return undefined
  }
  const hook = await hookOf(torsby, first)
  await eventually('somebody waits for an answer', () => asked > 0)
  second.secrets = [hook.secret]
  await does(torsby, 'editWebhook', { id: hook.id, baseVersion: 1, url: second.url })
  // Its line breaks: an attempt in vain, of the former address.
  await first.down()
  consumers.splice(consumers.indexOf(first), 1)
  await caughtUp(world, hook)
  expect(await rowOf(world, hook)).toMatchObject({ state: 'ACTIVE', attempts: 0, failing_since: null })
  expect(second.taken.map(({ type }) => type)).toEqual(['webhook.made', 'webhook.edited'])
})

test('one that the hub has stopped stays so until it is resumed, and then goes on at the new address where it stood', async () => {
  const [first, second] = [await receiver(), await receiver()]
  first.answer = () => 410
  const hook = await hookOf(torsby, first)
  await eventually('the hub stops it', async () => (await rowOf(world, hook)).state === 'STOPPED')
  second.secrets = [hook.secret]
  const version = (await rowOf(world, hook)).version
  const edited = await does(torsby, 'editWebhook', { id: hook.id, baseVersion: version, url: second.url })
  expect(edited.subject).toMatchObject({ state: 'STOPPED', stop: 'GONE', url: second.url })
  await newTask(torsby)
  expect(second.deliveries).toEqual([])
  await does(torsby, 'resumeWebhook', { id: hook.id })
  await caughtUp(world, hook)
  expect(second.taken.map(({ type }) => type)).toEqual([
    'webhook.made',
    'webhook.stopped',
    'webhook.edited',
    'task.created',
    'webhook.resumed',
  ])
})

test('on the page, with the keyboard alone: what is wrong beside its field, whose words count, and that a stopped one stays so', async () => {
  const consumer = await receiver()
  consumer.answer = () => 410
  const hook = await hookOf(torsby, consumer, { name: 'Sidans webhook' })
  await eventually('the hub stops it', async () => (await rowOf(world, hook)).state === 'STOPPED')
  const page = await browser.as(torsby, { viewport: { width: 1280, height: 900 } })
  await page.goto(`/c/${torsby.slug}/developers/webhooks`)
  await page.locator('[data-connection=live]').waitFor()
  const opener = page.getByRole('button', { name: w.editWhich('Sidans webhook') })
  await opener.focus()
  await page.keyboard.press('Enter')
  const form = page.getByRole('form', { name: w.editWhich('Sidans webhook') })
  await form.getByText(w.editRests.STOPPED).waitFor()
  const focused = () => page.evaluate(() => document.activeElement?.closest('div')?.querySelector('label')?.textContent)
  await eventually('the first field has the focus', async () => (await focused()) === w.name)
  expect(await violations(page)).toEqual([])
  // Left as it was.
  await page.keyboard.press('Escape')
  await form.waitFor({ state: 'hidden' })
  await eventually('whoever opened it is back', () => opener.evaluate((one) => one === document.activeElement))

  await page.keyboard.press('Enter')
  await form.getByLabel(w.url).fill('http://127.0.0.9:22/')
  await form.getByLabel(w.document).fill('{ cursor }')
  await form.getByLabel(w.url).press('Enter')
  await form.getByText(errors.issue.INVALID_DOCUMENT(null)).waitFor()
  await form.getByLabel(w.document).fill(EVERYTHING)
  await form.getByLabel(w.url).fill(consumer.url)

  // Somebody else has called it something meanwhile, and it is seen on the page; the words here are still what was written here.
  const { version } = await rowOf(world, hook)
  await does(torsby, 'editWebhook', { id: hook.id, baseVersion: version, name: 'Kollegans webhook' })
  await page.getByRole('heading', { name: 'Kollegans webhook' }).waitFor()
  await form.getByLabel(w.name, { exact: true }).fill('Min webhook')
  await form.getByLabel(w.name, { exact: true }).press('Enter')
  const conflict = form.getByRole('group', { name: w.name })
  await conflict.getByText('Kollegans webhook').waitFor()
  await conflict.getByRole('button', { name: tasks.conflict.keepMine }).focus()
  await page.keyboard.press('Enter')
  await page.getByText(w.editedRests.STOPPED).waitFor()
  await page.getByRole('heading', { name: 'Min webhook' }).waitFor()
  expect(await rowOf(world, hook)).toMatchObject({ state: 'STOPPED' })
  const again = page.getByRole('button', { name: w.editWhich('Min webhook') })
  await eventually('whoever saved is back', () => again.evaluate((one) => one === document.activeElement))
})
