import type { Handle, HandleFetch, HandleServerError } from '@sveltejs/kit/hooks'
import { API_URL } from '$app/env/private'
import { chooseLocale } from '#lib/language/locale.ts'
import { chooseTheme } from '#lib/language/theme.ts'

/** Language and theme are known before the first byte, so that nothing flashes and no script is needed for it. */
export const handle: Handle = async ({ event, resolve }) => {
  event.locals.locale = chooseLocale(event.cookies.get('lang'), event.request.headers.get('accept-language'))
  event.locals.theme = chooseTheme(event.cookies.get('theme'))
  const theme = event.locals.theme ? `data-theme="${event.locals.theme}"` : ''
  const response = await resolve(event, {
    // Scripts make the page live; it can be read without them, so what is read comes first on a slow line.
    transformPageChunk: ({ html }) =>
      html
        .replace('%samsyn.lang%', event.locals.locale)
        .replace('%samsyn.theme%', theme)
        .replaceAll('rel="modulepreload"', 'rel="modulepreload" fetchpriority="low"'),
    filterSerializedResponseHeaders: (name) => name === 'content-type',
    // The font too: it is there when text is first drawn, or soon after, in place of one in the same measures.
    preload: ({ type, path }) => type === 'js' || type === 'css' || (type === 'font' && path.includes('-latin-wght-normal')),
  })
  if (response.headers.get('content-type')?.startsWith('text/html')) {
    response.headers.set('cache-control', 'private, no-cache')
    response.headers.append('vary', 'cookie, accept-language')
  }
  return response
}

/** What pages ask while they are rendered: the API in the same process, the doors of identity over the own socket. */
export const handleFetch: HandleFetch = async ({ event, request, fetch }) => {
  const url = new URL(request.url)
  if (url.origin !== event.url.origin || !/^\/(graphql$|auth\/)/.test(url.pathname)) return fetch(request)
  const headers = new Headers(request.headers)
  for (const name of ['cookie', 'accept-language']) {
    const value = event.request.headers.get(name)
    if (value) headers.set(name, value)
  }
  const inside = event.platform?.req.graphql
  if (inside && url.pathname === '/graphql') return inside(new Request(request, { headers }))
  // A cookie comes with an origin, there too.
  const address = new URL(url.pathname + url.search, ownAddress(event.platform))
  headers.set('origin', address.origin)
  return globalThis.fetch(new Request(address, new Request(request, { headers })))
}

const ownAddress = (platform: App.Platform | undefined) => {
  const { localAddress, localPort } = platform?.req.socket ?? {}
  if (API_URL || !localPort) return API_URL ?? 'http://localhost:3000'
  return `http://${localAddress?.includes(':') ? `[${localAddress}]` : localAddress}:${localPort}`
}

/** A surprise gets a reference that finds it in the log; what it was stays on the server. */
export const handleError: HandleServerError = ({ kind, error, event }) => {
  if (kind !== 'unknown') return
  const reference = crypto.randomUUID()
  console.error(
    JSON.stringify({
      level: 50,
      reference,
      path: event.url.pathname,
      error: error instanceof Error ? error.stack : String(error),
    }),
  )
  return { message: 'Unexpected error', reference }
}
