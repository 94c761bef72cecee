import { existsSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { pathToFileURL } from 'node:url'

/** The built client: a request handler, or a word on how to build it. */
export type Pages = (request: IncomingMessage, response: ServerResponse) => void

interface Built {
  readonly handler: (request: IncomingMessage, response: ServerResponse, next: () => void) => void
}

const isBuilt = (module: unknown): module is Built =>
  typeof module === 'object' && module !== null && 'handler' in module && typeof module.handler === 'function'

/**
 * Loads the client that SvelteKit's Node adapter built, if there is one.
 *
 * Nothing built contains an origin: the adapter is told to take it from two headers, which we set on each request
 * ourselves, whatever the request had in them.
 */
export const loadPages = async (file: string, originOf: (request: IncomingMessage) => string): Promise<Pages | undefined> => {
  if (!existsSync(file)) return undefined
  Object.assign(process.env, { PROTOCOL_HEADER: 'x-forwarded-proto', HOST_HEADER: 'x-forwarded-host' })
  const module: unknown = await import(pathToFileURL(file).href)
  if (!isBuilt(module)) throw new Error(`${file} is not a built client`)
  return (request, response) => {
    const { protocol, host } = new URL(originOf(request))
    Object.assign(request.headers, { 'x-forwarded-proto': protocol.slice(0, -1), 'x-forwarded-host': host })
    module.handler(request, response, () => response.writeHead(404).end('Not found'))
  }
}
