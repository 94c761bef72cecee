// What this browser can do by itself: be subscribed at its push service, and say where that is. Nothing of the hub's is known here.

/** Where a browser's messages go, and with what they are locked for it alone. */
export interface Subscribed {
  readonly endpoint: string
  readonly publicKey: string
  readonly secret: string
}

export const isSupported = (): boolean => 'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window

/** Telephones of Apple's tell nothing from a page until it stands on the home screen. */
export const needsInstalling = (): boolean => /iPhone|iPad/.test(navigator.userAgent) && !isSupported()

export const isBlocked = (): boolean => Notification.permission === 'denied'

const current = async (): Promise<PushSubscription | null> =>
  (await (await navigator.serviceWorker.getRegistration('/'))?.pushManager.getSubscription()) ?? null

/** By what the hub knows this browser among one's others; null while it isn't subscribed under the hub's key. */
export const fingerprint = async (key: string): Promise<string | null> => {
  const found = await current()
  if (!found || keyOf(found) !== key) return null
  return text(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(found.endpoint)))
}

/** Asks whoever sits here; null when they say no. Fails where the browser has no push service, or doesn't reach it. */
export const subscribe = async (key: string): Promise<Subscribed | null> => {
  if ((await Notification.requestPermission()) !== 'granted') return null
  await navigator.serviceWorker.register('/service-worker.js', { type: 'module', scope: '/' })
  const { pushManager } = await navigator.serviceWorker.ready
  const before = await pushManager.getSubscription()
  // Of a hub that had another key, as before it was restored from a backup: nothing that we send would be taken.
  if (before && keyOf(before) !== key) await before.unsubscribe()
  const subscription = await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key })
  return {
    endpoint: subscription.endpoint,
    publicKey: text(subscription.getKey('p256dh')),
    secret: text(subscription.getKey('auth')),
  }
}

/** Whoever has signed out here is told nothing here any more: the push service says so when the hub next writes. */
export const forget = async (): Promise<void> => {
  if (isSupported()) await (await current())?.unsubscribe()
}

const keyOf = ({ options }: PushSubscription): string => text(options.applicationServerKey)

const text = (bytes: ArrayBuffer | null): string =>
  btoa(String.fromCharCode(...new Uint8Array(bytes ?? new ArrayBuffer())))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')

/** As its owner would call it. */
export const browserName = (agent: string): string => {
  const find = (names: readonly (readonly [RegExp, string])[]) => names.find(([pattern]) => pattern.test(agent))?.[1]
  return [find(BROWSERS), find(SYSTEMS)].filter(Boolean).join(', ') || 'Samsyn'
}
const BROWSERS = [
  [/Edg/, 'Edge'],
  [/OPR|Opera/, 'Opera'],
  [/Firefox|FxiOS/, 'Firefox'],
  [/SamsungBrowser/, 'Samsung Internet'],
  [/Chrome|CriOS/, 'Chrome'],
  [/Safari/, 'Safari'],
] as const
const SYSTEMS = [
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/Mac OS/, 'Mac'],
  [/CrOS/, 'ChromeOS'],
  [/Linux/, 'Linux'],
] as const
