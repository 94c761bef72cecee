import type { Page } from 'playwright-core'
import { afterAll, expect, test } from 'vitest'
import { notifications as w } from '../../client/src/lib/language/sv/notifications.ts'
import { does, jointTask } from '../world/acts.ts'
import { uuidOf } from '../world/actor.ts'
import { openBrowser } from '../world/browser.ts'
import { eventually } from '../world/eventually.ts'
import { PushService } from '../world/pushService.ts'
import { openWorld } from '../world/world.ts'

// From the settings page to the message on the screen. The browser that comes from npm has no push service of its own and no screen, so ours
// stands in for the first at both ends (it subscribes the page, and what it was sent is handed to the real service worker, opened, by the
// debugging protocol), and what the worker asks the screen to show is written down.

const service = await PushService.open()
const world = await openWorld({ env: service.settings })
const browser = await openBrowser()
afterAll(async () => {
  await browser.close()
  await world.close()
  await service.close()
})

const torsby = await world.as('Torsby')
const hanna = await world.as('Hagfors', 'CONTRIBUTOR')
const room = `/c/${hanna.slug}`
const here = await service.browser('here')

/** A page in a browser whose push service is ours. */
const look = async (path: string, permission: 'granted' | 'denied' = 'granted', served = true) => {
  const page = await browser.as(hanna, { viewport: { width: 1280, height: 900 } })
  await page.addInitScript(
    ({ endpoint, publicKey, secret, permission, served }) => {
      const bytes = (text: string) =>
        Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (sign) => sign.charCodeAt(0)).buffer
      const keys: Record<string, string> = { p256dh: publicKey, auth: secret }
      const subscribed = (key: string) => ({
        endpoint,
        options: { applicationServerKey: bytes(key) },
        getKey: (name: string) => bytes(keys[name] ?? ''),
        unsubscribe: async () => {
          localStorage.removeItem('subscribed')
          return true
        },
      })
      PushManager.prototype.subscribe = (async ({ applicationServerKey }: { applicationServerKey: string }) => {
        if (!served) throw new DOMException('push service not available', 'AbortError')
        localStorage.setItem('subscribed', applicationServerKey)
        return subscribed(applicationServerKey)
      }) as never
      PushManager.prototype.getSubscription = (async () => {
        const key = localStorage.getItem('subscribed')
        return key ? subscribed(key) : null
      }) as never
      Object.defineProperty(Notification, 'permission', { get: () => permission })
      Notification.requestPermission = async () => permission
    },
    { endpoint: here.endpoint, publicKey: here.publicKey, secret: here.secret, permission, served },
  )
  await page.goto(path)
  await page.locator('[data-connection=live]').waitFor()
  return page
}

const gives = async (title: string) => {
  const { id, version } = await jointTask(torsby, { title })
  await does(torsby, 'assignTask', { id, baseVersion: version, assignees: [hanna.memberId], responsible: [] })
  return id
}

/** Hands a message to the page's service worker, as the browser does when its push service has brought it. */
const deliverTo = async (page: Page) => {
  const session = await page.context().newCDPSession(page)
  const found = new Promise<string>((resolve) => {
    session.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const [first] = registrations
      if (first) resolve(first.registrationId)
    })
  })
  await session.send('ServiceWorker.enable')
  const registrationId = await found
  return (data: string) => session.send('ServiceWorker.deliverPushMessage', { origin: world.url, registrationId, data })
}

interface Shown {
  readonly title: string
  readonly options: NotificationOptions & { readonly data: { readonly navigate: string } }
}

/** From now on what the page's service worker has shown is written down, in the worker itself. */
const watch = async (page: Page) => {
  const context = page.context()
  const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker'))
  await worker.evaluate(() => {
    const here = self as unknown as { registration: ServiceWorkerRegistration; shown: unknown[] }
    here.shown = []
    here.registration.showNotification = async (title, options) => void here.shown.push({ title, options })
  })
  return () => worker.evaluate(() => (self as unknown as { shown: Shown[] }).shown)
}

test('switched on in the browser: what is given is shown by its service worker, and one reason less is exactly that', async () => {
  const page = await look(`${room}/inbox/settings`)
  expect(await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length)).toBe(0)
  await page.getByRole('button', { name: w.push.turnOn }).click()
  await page.getByText(w.push.on).waitFor()
  const shown = await watch(page)
  const deliver = await deliverTo(page)

  const id = await gives('Lys upp tunneln')
  const { text, notice } = await service.message(here, 'Lys upp tunneln')
  await deliver(text)
  const navigate = `${world.url}${room}/tasks/${uuidOf(id)}`
  await eventually('it is shown', async () => (await shown()).length === 1)
  expect(await shown()).toEqual([
    {
      title: 'Lys upp tunneln',
      options: {
        body: `${torsby.seat.name} (Torsby) gav dig uppgiften.\nSuToHaMu och Polisen`,
        lang: 'sv',
        tag: notice.tag,
        icon: '/icon-192.png',
        badge: '/badge-96.png',
        data: { navigate },
      },
    },
  ])
  // Brought twice it is shown under the same tag, and what is not ours leads nowhere else.
  await deliver(text)
  await deliver('nothing of ours')
  await deliver(JSON.stringify({ notification: { ...notice, tag: 'other', navigate: 'https://elsewhere.example/' } }))
  await eventually('they are shown', async () => (await shown()).length === 4)
  const [first, ...others] = await shown()
  expect(others.map(({ options }) => [options.tag, options.data.navigate])).toEqual([
    [first?.options.tag, navigate],
    ['samsyn', `${world.url}/`],
    ['other', `${world.url}/`],
  ])

  const what = w.reason.ASSIGNED.charAt(0).toUpperCase() + w.reason.ASSIGNED.slice(1)
  const box = page.getByRole('checkbox', { name: w.settings.cell(what, w.settings.channel.PUSH), exact: true })
  await box.uncheck()
  await eventually('it is kept', async () => {
    const [row] = await world.sql<{ wanted: boolean }>(
      `select 'ASSIGNED' = any (pushed) as wanted from notification_settings where member_id = $1`,
      [hanna.seat.memberId],
    )
    return row?.wanted === false
  })
  await gives('Utan notis')
  const task = await gives('Nämnd')
  await does(torsby, 'writeComment', {
    id: crypto.randomUUID(),
    task,
    audience: 'AS_PARENT',
    text: `@[Hanna](member:${hanna.seat.memberId}), hej`,
  })
  await service.message(here, 'Nämnd')
  expect(service.for(here).map(({ notice: { title } }) => title)).toEqual(['Lys upp tunneln', 'Nämnd'])
  await box.check()
})

test('its push service gives the browser another subscription: the hub is told by the worker itself, with nobody asked', async () => {
  const page = await look(`${room}/inbox/settings`)
  await page.getByText(w.push.off).waitFor()
  await page.getByRole('button', { name: w.push.turnOn }).click()
  await page.getByText(w.push.on).waitFor()
  const moved = await service.browser('moved')
  const worker = page.context().serviceWorkers()[0] ?? (await page.context().waitForEvent('serviceworker'))
  // The debugging protocol has no way of saying it, and a browser without a push service never will: the event is made in the worker, with
  // what such a browser would say. All that comes of it is the worker's own.
  await worker.evaluate(
    async ({ before, after }) => {
      const bytes = (text: string) =>
        Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (sign) => sign.charCodeAt(0)).buffer
      const keys: Record<string, string> = { p256dh: after.publicKey, auth: after.secret }
      const waited: Promise<unknown>[] = []
      const event = Object.assign(new Event('pushsubscriptionchange'), {
        oldSubscription: { endpoint: before, options: { applicationServerKey: null } },
        newSubscription: { endpoint: after.endpoint, getKey: (name: string) => bytes(keys[name] ?? '') },
        waitUntil: (work: Promise<unknown>) => void waited.push(work),
      })
      self.dispatchEvent(event)
      await Promise.all(waited)
    },
    { before: here.endpoint, after: { endpoint: moved.endpoint, publicKey: moved.publicKey, secret: moved.secret } },
  )
  const named = await world.sql('select endpoint, label from push_browser where member_id = $1', [hanna.seat.memberId])
  expect(named).toEqual([{ endpoint: moved.endpoint, label: 'Chrome, Linux' }])
  service.arrived.length = 0
  await gives('På nya stället')
  await service.message(moved, 'På nya stället')
  expect(service.for(here)).toEqual([])
})

test('on in one window it is on in another of the same browser, and among the others elsewhere, where it can be taken away', async () => {
  const elsewhere = await look(`${room}/inbox/settings`, 'granted', false)
  await elsewhere.getByText(w.push.off).waitFor()
  const label = 'Chrome, Linux'
  await elsewhere.getByRole('button', { name: w.push.remove(label) }).click()
  await elsewhere.getByText(w.push.removed(label)).waitFor()
  expect(await elsewhere.getByText(w.push.others).count()).toBe(0)
  expect(await world.sql('select from push_browser where member_id = $1', [hanna.seat.memberId])).toEqual([])
  // There is no push service to be reached: that is said, and nothing was kept.
  await elsewhere.getByRole('button', { name: w.push.turnOn }).click()
  await elsewhere.getByText(w.push.failed).waitFor()
  expect(await world.sql('select from push_browser where member_id = $1', [hanna.seat.memberId])).toEqual([])
})

test('where the browser stops messages, or knows none, that is said and what to do', async () => {
  const denied = await look(`${room}/inbox/settings`, 'denied')
  await denied.getByText(w.push.blocked.title).waitFor()
  expect(await denied.getByRole('button', { name: w.push.turnOn }).count()).toBe(0)
  const old = await browser.as(hanna)
  await old.addInitScript(() => Reflect.deleteProperty(window, 'PushManager'))
  await old.goto(`${room}/inbox/settings`)
  await old.getByText(w.push.unsupported.title).waitFor()
})

test('the application can be installed: its manifest holds, and its icons are what it says', async () => {
  const page = await browser.as(hanna)
  await page.goto(`${room}/tasks`)
  const session = await page.context().newCDPSession(page)
  const { url, errors, data } = await session.send('Page.getAppManifest')
  expect([url, errors]).toEqual([`${world.url}/manifest.webmanifest`, []])
  const { installabilityErrors } = await session.send('Page.getInstallabilityErrors')
  expect(installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito')).toEqual([])
  const manifest = JSON.parse(data ?? '{}') as { icons: { src: string; sizes: string }[] }
  for (const { src, sizes } of manifest.icons) {
    const size = await page.evaluate(async (source) => {
      const image = new Image()
      image.src = source
      await image.decode()
      return `${image.naturalWidth}x${image.naturalHeight}`
    }, src)
    if (sizes !== 'any') expect(size, src).toBe(sizes)
  }
  // Nobody who has not switched push on has a service worker.
  expect(await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length)).toBe(0)
})

// Last: the session is over with it.
test('whoever signs out of a browser is told nothing there any more', async () => {
  const page = await look(`${room}/inbox/settings`)
  await page.getByRole('button', { name: w.push.turnOn }).click()
  await page.getByText(w.push.on).waitFor()
  await page.locator('summary[title="Ditt konto och inställningar"]').click()
  await page.getByRole('button', { name: 'Logga ut' }).click()
  await page.waitForURL('**/sign-in?left')
  await page.waitForFunction(() => localStorage.getItem('subscribed') === null)
  // The hub hears of it from the push service when it next writes.
  service.refusing = () => 410
  await gives('Till ingen')
  await eventually('the browser is taken away', async () => {
    return (await world.sql('select from push_browser where member_id = $1', [hanna.seat.memberId])).length === 0
  })
  service.refusing = undefined
  expect(service.for(here).some(({ notice }) => notice.title === 'Till ingen')).toBe(false)
})
