import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { type ExecutionArgs, type ExecutionResult, GraphQLError } from 'graphql'
import { useServer } from 'graphql-ws/use/ws'
import { type WebSocket, WebSocketServer } from 'ws'
import type { BaseContext } from '../graph/execution.ts'
import { maskError, type Yoga } from '../graph/yoga.ts'
import type { Bounds } from '../journal/bounds.ts'
import type { Logger } from 'pino'
import type { Config } from '../config/config.ts'
import type { Documents } from '../limits/documents.ts'
import { MOST_MESSAGE } from '../limits/limits.ts'
import type { Callers, Identified } from './callers.ts'
import { securityHeaders } from './headers.ts'

/**
 * Guards: the live door is the same door. Operations run through Yoga's envelope, so what holds over HTTP holds here; a
 * foreign page, and a cookie without a page, is refused before the upgrade; a program shows its key in `connection_init`; whoever loses access is closed within seconds, whether or not anything happens.
 *
 * Close codes by graphql-ws: 4403 means that access is gone and asking again is pointless; 1012 that the server restarts
 * and the client should come back. Our own: 4420, the person has too many sockets, and may come back when one has closed.
 */
export interface LiveDoor {
  readonly config: Config
  readonly yoga: Yoga
  readonly documents: Documents
  readonly callers: Callers
  readonly bounds: Bounds
  readonly log: Logger
  readonly contextOf: (request: IncomingMessage, slug: string | undefined, caller: Identified, end: () => void) => BaseContext
}

interface Extra extends Record<PropertyKey, unknown> {
  readonly socket: WebSocket
  readonly request: IncomingMessage
  slug?: string | undefined
  /** As shown in `connection_init`; then the cookie counts for nothing. */
  key?: string | undefined
}

/** Who is behind a socket, as was found when it opened, and what ends with it. */
interface Holder {
  readonly who: Identified
  readonly endings: Set<() => void>
}

const MOST_SOCKETS = 10_000
const MOST_OPERATIONS = 50
const INIT_MS = 3_000
const KEEP_ALIVE_MS = 10_000
const ACCESS_CHECK_MS = 2_000
const FORBIDDEN = 4403
const RESTART = 1012
const CROWDED = 4420

export const openLiveDoor = (server: Server, door: LiveDoor): { sockets: () => number; close: () => Promise<void> } => {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MOST_MESSAGE, perMessageDeflate: false })
  const held = new Map<WebSocket, Holder>()

  /** Who is behind the socket now; undefined when nobody with a seat or a key that holds is. */
  const identify = async ({ request, slug, key }: Extra): Promise<Identified | undefined> => {
    const caller = await (key === undefined ? door.callers.byCookie(request.headers.cookie, slug) : door.callers.byKey(key, slug))
    return typeof caller === 'string' || !caller.viewer ? undefined : caller
  }

  /** Holds the socket for as long as it is open, which may be over by now; false when it is, or when it is one too many. */
  const hold = (socket: WebSocket, who: Identified): boolean => {
    if (socket.readyState !== socket.OPEN) return false
    const release = door.bounds.open(who)
    if (!release) {
      socket.close(CROWDED, 'Too many sockets')
      return false
    }
    const endings = new Set([release])
    held.set(socket, { who, endings })
    socket.once('close', () => {
      held.delete(socket)
      for (const ending of endings) ending()
    })
    return true
  }

  const answered = async <Result>(run: () => Result | Promise<Result>): Promise<Result | ExecutionResult> => {
    try {
      return await run()
    } catch (error) {
      return { errors: [withoutHttp(maskError(error, door.log))] }
    }
  }

  const disposable = useServer<{ collaboration?: unknown; key?: unknown }, Extra>(
    {
      connectionInitWaitTimeout: INIT_MS,
      onConnect: async ({ connectionParams, extra }) => {
        const { collaboration: slug, key } = connectionParams ?? {}
        extra.slug = typeof slug === 'string' ? slug.slice(0, 100) : undefined
        extra.key = key === undefined || key === null ? undefined : String(key)
        const caller = await identify(extra)
        return caller !== undefined && hold(extra.socket, caller)
      },
      onSubscribe: async ({ extra, subscriptions }, id, { query: said, variables, operationName, extensions }) => {
        if (Object.keys(subscriptions).length > MOST_OPERATIONS) {
          const message = `At most ${MOST_OPERATIONS} operations at a time on one socket`
          return [new GraphQLError(message, { extensions: { code: 'TOO_MANY_OPERATIONS' } })]
        }
        const end = () => extra.socket.close(FORBIDDEN, 'Forbidden')
        try {
          // Looked up anew for every operation: a socket must not remember what its member once was allowed.
          const caller = await identify(extra)
          const holder = held.get(extra.socket)
          if (!caller || !holder) {
            end()
            return [new GraphQLError('Sign in anew', { extensions: { code: 'UNAUTHENTICATED' } })]
          }
          const query = door.documents.find({ query: said, extensions }) ?? ''
          if (typeof query !== 'string') return [withoutHttp(query)]
          const context = door.contextOf(extra.request, extra.slug, caller, end)
          const { schema, execute, subscribe, parse, validate, contextFactory } = door.yoga.getEnveloped({
            ...context,
            wire: { socket: extra.socket, id, endings: holder.endings },
            params: { query, variables, operationName, extensions },
          })
          const document = parse(query)
          const errors = validate(schema, document)
          if (errors.length > 0) return errors.map(withoutHttp)
          const args: Enveloped = {
            schema,
            document,
            operationName,
            variableValues: variables,
            contextValue: await contextFactory(),
            execute,
            subscribe,
          }
          return args
        } catch (error) {
          return [withoutHttp(maskError(error, door.log))]
        }
      },
      // Yoga's own, which came along with the arguments. What it throws would close the socket; over HTTP it is an answer.
      execute: (args) => answered(() => enveloped(args).execute(args)),
      subscribe: (args) => answered(() => enveloped(args).subscribe(args)),
    },
    sockets,
    KEEP_ALIVE_MS,
  )

  const headers = Object.entries(securityHeaders(door.config)).map(([name, value]) => `${name}: ${value}`)
  sockets.on('headers', (lines) => void lines.push(...headers))

  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy())
    const refuse = (status: string) =>
      socket.end(`${[`HTTP/1.1 ${status}`, ...headers, 'Connection: close', 'Content-Length: 0'].join('\r\n')}\r\n\r\n`)
    if ((request.url ?? '').split('?', 1)[0] !== '/graphql') return refuse('404 Not Found')
    // Whether a key will be shown is not known yet; what has neither a page nor a cookie behind it is asked for one.
    if (!door.callers.mayCome(request, false)) return refuse('403 Forbidden')
    if (sockets.clients.size >= MOST_SOCKETS) return refuse('503 Service Unavailable')
    sockets.handleUpgrade(request, socket, head, (upgraded) => {
      upgraded.on('error', () => upgraded.terminate())
      sockets.emit('connection', upgraded, request)
    })
  }
  server.on('upgrade', upgrade)

  let checking = false
  const check = async () => {
    if (checking || held.size === 0) return
    checking = true
    try {
      const asked = [...held]
      const ended = await door.callers.ended(asked.map(([, { who }]) => who))
      for (const [socket, { who }] of asked) if (ended.has(who)) socket.close(FORBIDDEN, 'Forbidden')
    } catch (error) {
      door.log.warn({ err: error }, 'open sockets could not be checked')
    } finally {
      checking = false
    }
  }
  const timer = setInterval(() => void check(), ACCESS_CHECK_MS)
  timer.unref()

  return {
    sockets: () => sockets.clients.size,
    close: async () => {
      clearInterval(timer)
      server.off('upgrade', upgrade)
      for (const socket of sockets.clients) socket.close(RESTART, 'The server restarts')
      await disposable.dispose()
    },
  }
}

/** What is Yoga's word to HTTP says nothing here. */
const withoutHttp = (error: GraphQLError): GraphQLError => {
  const { http: _http, ...extensions } = error.extensions
  const { message, nodes, source, positions, path, originalError } = error
  return new GraphQLError(message, { nodes, source, positions, path, originalError, extensions })
}

interface Enveloped extends ExecutionArgs {
  readonly execute: typeof import('graphql').execute
  readonly subscribe: typeof import('graphql').subscribe
}

const enveloped = (args: ExecutionArgs): Enveloped => {
  if ('execute' in args && 'subscribe' in args) return args as Enveloped
  throw new Error('an operation came past the envelope')
}
