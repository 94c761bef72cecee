// What the hub is told when this browser's push service has given it another subscription: in each collaboration of whoever is signed in
// here, that the one which was named before is this one now. Where it was not named nothing is: whoever has switched push off stays so.
import { self } from '$app/service-worker'

/** A browser that says neither what it had nor has anything to subscribe by is named again by its owner, on the page. */
export const renew = async ({
  oldSubscription: before,
  newSubscription,
}: Pick<PushSubscriptionChangeEvent, 'oldSubscription' | 'newSubscription'>): Promise<void> => {
  if (!before) return
  const { applicationServerKey } = before.options
  const now = newSubscription ?? (await self.registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey }))
  const input = {
    former: before.endpoint,
    endpoint: now.endpoint,
    publicKey: text(now.getKey('p256dh')),
    secret: text(now.getKey('auth')),
  }
  const seats = (await ask('{ viewer { seats { slug } } }')) as { viewer: { seats: readonly { slug: string }[] } | null } | null
  for (const { slug } of seats?.viewer?.seats ?? []) await ask(REPLACE, { input }, slug)
}

const REPLACE = 'mutation ReplaceBrowser($input: ReplaceBrowserInput!) { replaceBrowser(input: $input) { __typename } }'

/** As a page asks, with the cookie of whoever is signed in. */
const ask = async (query: string, variables: object = {}, slug?: string): Promise<unknown> => {
  const response = await fetch('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json', ...(slug && { 'samsyn-collaboration': slug }) },
    body: JSON.stringify({ query, variables }),
  })
  return ((await response.json()) as { data: unknown }).data
}

const text = (bytes: ArrayBuffer | null): string =>
  btoa(String.fromCharCode(...new Uint8Array(bytes ?? new ArrayBuffer())))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
