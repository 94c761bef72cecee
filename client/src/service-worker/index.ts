// Shows what the hub pushes, and leads to it. It stands between no page and the network, and keeps nothing: what a party reads is its own, a
// machine has more than one pair of eyes, and a page out of a cache would show what its reader may no longer know. Registered by whoever
// switches push on, and by nobody else.
import { self } from '$app/service-worker'
import { renew } from './renew.ts'

/** As declarative Web Push has it; written by the server in the language that the receiver has chosen (`notifications/push/notice.ts`). */
interface Notice {
  readonly title: string
  readonly body: string
  readonly lang: string
  readonly navigate: string
  readonly tag: string
}

const isNotice = (value: unknown): value is { readonly notification: Notice } =>
  typeof value === 'object' &&
  value !== null &&
  'notification' in value &&
  typeof value.notification === 'object' &&
  value.notification !== null &&
  ['title', 'body', 'lang', 'navigate', 'tag'].every(
    (name) => typeof Reflect.get(value.notification as object, name) === 'string',
  )

const read = (event: PushEvent): Notice | undefined => {
  try {
    const said: unknown = event.data?.json()
    return isNotice(said) ? said.notification : undefined
  } catch {
    return undefined
  }
}

/** Within the hub, whatever a message says. */
const within = (address: unknown): URL => {
  const start = new URL('/', self.location.origin)
  const url = URL.parse(String(address), start) ?? start
  return url.origin === start.origin ? url : start
}

self.addEventListener('push', (event) => {
  const notice = read(event)
  // A browser that is woken has to show something, or it shows words of its own and in the end wakes us no more.
  const { title, body, lang, navigate, tag } = notice ?? { title: 'Samsyn', body: '', lang: '', navigate: '/', tag: 'samsyn' }
  event.waitUntil(
    self.registration.showNotification(title, {
      body,
      lang,
      tag,
      icon: '/icon-192.png',
      badge: '/badge-96.png',
      data: { navigate: within(navigate).href },
    }),
  )
})

// The push service reaches this browser elsewhere from now on: the hub is told by the one who knows it first, with nobody asked.
self.addEventListener('pushsubscriptionchange', (event) => {
  event.waitUntil(renew(event as PushSubscriptionChangeEvent))
})

self.addEventListener('notificationclick', (event) => {
  event.notification.close()
  const data: unknown = event.notification.data
  const url = within(typeof data === 'object' && data !== null ? Reflect.get(data, 'navigate') : '/')
  event.waitUntil(open(url))
})

/** The window that shows it already; otherwise a new one, for in the others somebody may be writing. */
const open = async (url: URL): Promise<void> => {
  const windows = await self.clients.matchAll({ type: 'window', includeUncontrolled: true })
  const shown = windows.find((window) => {
    const there = new URL(window.url)
    return there.pathname === url.pathname && there.search === url.search
  })
  await (shown ? shown.focus() : self.clients.openWindow(url.href))
}
