import { afterAll, expect, test } from 'vitest'
import { notifications as w } from '../../client/src/lib/language/sv/notifications.ts'
import { hookOf, NETWORKS, rowOf, uuid, waited } from '../webhooks/hooks.ts'
import type { Actor } from '../world/actor.ts'
import { does } from '../world/acts.ts'
import { openBrowser } from '../world/browser.ts'
import { Consumer } from '../world/consumer.ts'
import { eventually } from '../world/eventually.ts'
import { PostOffice } from '../world/postOffice.ts'
import { openWorld } from '../world/world.ts'
import { addressOf, allSent, choose } from './letters.ts'

// That the hub no longer sends to a webhook: who is told, in the inbox and by mail, why, and where there is something to do about it.

const office = await PostOffice.open()
const consumer = await Consumer.open()
const [world, browser] = await Promise.all([openWorld({ env: { ...office.settings, ...NETWORKS } }), openBrowser()])
afterAll(async () => {
  await browser.close()
  await world.close()
  await office.close()
  await consumer.down()
})

const torsby = await world.as('Torsby')
const contributor = await world.as('Torsby', 'CONTRIBUTOR')
const sunne = await world.as('Sunne')
const torsbys = await addressOf(world, torsby)

interface Told {
  readonly id: string
  readonly reason: string
  readonly task: unknown
  readonly readAt: string | null
  readonly entry: { readonly kind: string; readonly actor: unknown; readonly changes: readonly object[] }
  readonly subject: { readonly __typename: string; readonly id: string; readonly name: string } | null
}
/** All that stands in somebody's inbox of webhooks that have stopped. */
const told = async (who: Actor): Promise<readonly Told[]> => {
  const { viewer } = await who.query<{ viewer: { inbox: { nodes: readonly Told[] } } }>(
    `query ($filter: InboxFilter) { viewer { inbox(filter: $filter, first: 50) { nodes { id reason readAt task { id }
      entry { kind actor { id } changes { field from to } } subject { __typename id ... on Webhook { name } } } } } }`,
    { filter: { reasons: ['WEBHOOK_STOPPED'] } },
  )
  return viewer.inbox.nodes
}
const answers = new Map<string, number>()
consumer.answer = ({ path }) => answers.get(path) ?? 204
/** A webhook of that name, to somebody who answers that. */
const make = (name: string, status: number) => {
  const path = `/${encodeURIComponent(name)}`
  answers.set(path, status)
  return hookOf(torsby, consumer, { name, url: new URL(path, consumer.url).href })
}

test('a receiver says that it is gone: the party’s administrators are told why and where, once, and nobody else is', async () => {
  const hook = await make('Diariet', 410)
  const { text, html } = await office.mail(torsbys, 'Diariet', 20_000)
  expect(text).toContain('mottagaren har svarat att den inte finns längre (410)')
  expect(text).toContain('Du får mejlet för att du är administratör för din part.')
  const place = `${world.url}/c/${torsby.seat.slug}/developers/webhooks`
  expect(text).toContain(place)
  expect(html).toContain(`href="${place}"`)
  expect(await told(torsby)).toMatchObject([
    {
      reason: 'WEBHOOK_STOPPED',
      task: null,
      readAt: null,
      entry: { kind: 'webhook.stopped', actor: null, changes: [{ field: 'stop', from: null, to: ['GONE'] }] },
      subject: { __typename: 'Webhook', id: hook.id, name: 'Diariet' },
    },
  ])
  await allSent(world)
  for (const other of [contributor, sunne]) {
    expect(await told(other)).toEqual([])
    const theirs = office.for(await addressOf(world, other))
    expect(theirs.filter(({ subject }) => subject === 'Diariet')).toEqual([])
  }
})

test('each reason in its own words; what is told is why it stopped then, also when it goes on since', async () => {
  const failing = await make('Statistiken', 500)
  await eventually('it is tried', async () => (await rowOf(world, failing)).attempts > 0)
  await world.sql(`update webhook set failing_since = now() - interval '4 days' where id = $1`, [uuid(failing.id)])
  await waited(world, failing)
  expect((await office.mail(torsbys, 'Statistiken', 20_000)).text).toContain('på tre dygn har mottagaren inte tagit emot något')
  answers.clear()
  await does(torsby, 'resumeWebhook', { id: failing.id })

  const ended = await make('Arkivet', 204)
  await does(torsby, 'revokeKey', { id: ended.keyId })
  expect((await office.mail(torsbys, 'Arkivet', 20_000)).text).toContain('nyckeln som den använder gäller inte längre')

  // On the page, with the way to where it can be mended; the one that goes on says what it said.
  const page = await browser.as(torsby)
  await page.goto(`/c/${torsby.slug}/inbox`)
  const row = (name: string) => page.getByRole('listitem').filter({ hasText: name })
  await row('Arkivet')
    .getByText(w.stopped['KEY_ENDED'] ?? '')
    .waitFor()
  await row('Statistiken')
    .getByText(w.stopped['FAILING'] ?? '')
    .waitFor()
  await row('Arkivet').getByText(w.why.WEBHOOK_STOPPED).waitFor()
  await page.locator('[data-connection=live]').waitFor()
  await page.getByRole('link', { name: 'Arkivet' }).focus()
  await page.keyboard.press('Enter')
  await page.waitForURL(`**/c/${torsby.slug}/developers/webhooks`)
  await page.getByRole('heading', { name: 'Arkivet' }).waitFor()
})

test('put away until later it comes back; not mailed for that reason, or muted, it is silent', async () => {
  const [latest] = await told(torsby)
  const snooze = 'mutation ($input: SnoozeNotificationsInput!) { snoozeNotifications(input: $input) { __typename } }'
  const until = new Date(Date.now() + 86_400_000).toISOString()
  await torsby.mutate(snooze, { input: { ids: [latest?.id], until } })
  const before = (await told(torsby)).length
  await world.sql(`update notification set snoozed_until = now() - interval '1 second' where snoozed_until is not null`)
  // Whoever starts looks at once.
  await world.anotherServer()
  await eventually('it is back', async () => (await told(torsby)).length === before + 1)
  expect((await told(torsby))[0]).toMatchObject({ id: latest?.id, readAt: null })

  await choose(torsby, 'MAIL', 'WEBHOOK_STOPPED', false)
  await make('Utan mejl', 410)
  await eventually('it stands in the inbox', async () => (await told(torsby))[0]?.subject?.name === 'Utan mejl')
  await choose(torsby, 'INBOX', 'WEBHOOK_STOPPED', false)
  const silent = await make('Tyst', 410)
  await eventually('the hub stops it', async () => (await rowOf(world, silent)).state === 'STOPPED')
  await allSent(world)
  expect((await told(torsby))[0]?.subject?.name).toBe('Utan mejl')
  expect(office.for(torsbys).filter(({ subject }) => ['Utan mejl', 'Tyst'].includes(subject))).toEqual([])
})
