import compression from 'compression'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Logger } from 'pino'
import { CommentService } from './comments/comments.service.ts'
import type { Config } from './config/config.ts'
import { Database } from './data/database.ts'
import type { Caller, Services } from './graph/context.ts'
import { answerAs, type BaseContext } from './graph/execution.ts'
import { answerFiles, FILES_PATH, UPLOAD_MS } from './files/files.http.ts'
import { FileService } from './files/files.service.ts'
import { FileKeeper } from './files/keeper.ts'
import type { FileStore } from './files/store.ts'
import { createSchema } from './graph/schema.ts'
import { createGraph, maskError } from './graph/yoga.ts'
import type { Pages } from './http/pages.ts'
import { Callers, type Identified } from './http/callers.ts'
import { bearerOf, BodyTooLarge, forbid, originOf, refuseBody, refuseKey, sendResponse, toRequest } from './http/request.ts'
import { openLiveDoor } from './http/websocket.ts'
import { answerIdentity } from './identity/identity.http.ts'
import { Sessions } from './identity/sessions.ts'
import { Bounds } from './journal/bounds.ts'
import type { Doorbell } from './journal/doorbell.ts'
import { Hub } from './journal/hub.ts'
import { Jobs } from './jobs/jobs.ts'
import { Relay } from './journal/relay.ts'
import { UnitOfWork } from './journal/work.ts'
import { ProposalService } from './agreements/proposals.service.ts'
import { VersionService } from './agreements/versions.service.ts'
import { KeyService } from './keys/keys.service.ts'
import { Programs } from './keys/programs.ts'
import { MemberService } from './members/members.service.ts'
import { InboxReader } from './notifications/notifications.reader.ts'
import { MailChannel } from './notifications/mail/mail.channel.ts'
import { Postman, type ReadAs } from './notifications/postman.ts'
import { NotificationService } from './notifications/notifications.service.ts'
import { SettingsService } from './notifications/settings.service.ts'
import { answerUnsubscribe } from './notifications/unsubscribe.http.ts'
import { TaskService } from './tasks/tasks.service.ts'
import { VisitService } from './visits/visits.service.ts'
import { ErasureLedger } from './backup/ledger.ts'
import { HeadSigner } from './chain/heads.ts'

/**
 * Guards: every request is answered through one of few doors, each of which finds out who asks, and what lives as long as the
 * server is made and ended in one place.
 */

export interface App {
  /** Listens; resolves to the address by which people reach the server. */
  readonly start: () => Promise<string>
  /** Stops accepting, tells sockets to come back later, finishes what is under way. */
  readonly stop: () => Promise<void>
}

/** What the app runs on, made by whoever starts it. */
export interface Parts {
  readonly config: Config
  /** Address of a migrated database, as the application's role. */
  readonly databaseUrl: string
  readonly log: Logger
  /** How servers on the same database tell each other that something happened. */
  readonly doorbell: Doorbell
  /** Where the bytes of files are. */
  readonly store: FileStore
  /** Undefined: only the API is served. */
  readonly pages: Pages | undefined
}

declare module 'node:http' {
  interface IncomingMessage {
    /** How pages that are rendered here reach the API: in process, as whoever asks for the page. */
    graphql?: (request: Request) => Promise<Response>
  }
}

/** The collaboration that a request names. */
const slugOf = (header: string | string[] | null | undefined): string | undefined =>
  (Array.isArray(header) ? header[0] : header)?.slice(0, 100)

export const buildApp = ({ config, databaseUrl, log, doorbell, store, pages }: Parts): App => {
  const database = new Database(databaseUrl, {
    connections: config.pool,
    onError: (error) => log.warn({ err: error }, 'a database connection failed'),
    ring: doorbell.ring,
  })
  const relay = new Relay(database, doorbell, log)
  const work = new UnitOfWork(database)
  const sessions = new Sessions(database)
  const signer = new HeadSigner(database, config.journalKeyFile, log)
  const ledger = new ErasureLedger(database, relay, config.dataDir, log)
  const keeper = new FileKeeper(config, database, store, log)
  let port = config.port
  const callers = new Callers(config, () => port, sessions, new Programs(database))
  const hub = new Hub<Caller>({
    relay,
    alive: (held) => callers.alive(held),
    format: ({ errors, ...result }) => ({ ...result, ...(errors && { errors: errors.map((error) => maskError(error, log)) }) }),
    onError: (error) => log.error({ err: error }, 'the hub could not read'),
  })
  const bounds = new Bounds(config.limits)
  const services: Services = {
    config,
    database,
    relay,
    hub,
    bounds,
    tasks: new TaskService(work),
    comments: new CommentService(work),
    members: new MemberService(work, database),
    proposals: new ProposalService(work),
    versions: new VersionService(work),
    keys: new KeyService(work),
    notifications: new NotificationService(work),
    settings: new SettingsService(work),
    files: new FileService(work),
    keeper,
    visits: new VisitService(work),
  }
  const schema = createSchema()
  const yoga = createGraph(schema, log)
  let ready = false
  let address = ''

  const contextOf = (origin: string, slug: string | undefined, caller: Identified, end: () => void): BaseContext => ({
    ...services,
    ...caller,
    origin,
    again: () => callers.again(caller, slug),
    end,
    onError: (error) => log.error({ err: error }, 'a subscription could not read'),
  })

  const graphql = async (request: Request, origin: string, slug: string | undefined, caller: Identified): Promise<Response> =>
    yoga.fetch(
      request,
      contextOf(origin, slug, caller, () => undefined),
    )

  const readAs: ReadAs = (viewer, document, variables) =>
    answerAs(
      schema,
      document,
      variables,
      contextOf(address, undefined, { session: undefined, program: undefined, viewer }, () => undefined),
    )
  const postman = new Postman({
    database,
    jobs: new Jobs(databaseUrl, log),
    channels: config.mail ? [new MailChannel(config.mail)] : [],
    readAs,
    origin: () => address,
    log,
  })
  const inbox = new InboxReader(database, relay, postman, log)

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = (request.url ?? '/').split('?', 1)[0]
    response.setHeader('x-content-type-options', 'nosniff')
    response.setHeader('referrer-policy', 'same-origin')
    response.setHeader('x-frame-options', 'DENY')
    if (config.origin?.startsWith('https:')) response.setHeader('strict-transport-security', 'max-age=63072000')
    if (path === '/healthz') return void response.writeHead(200, { 'content-type': 'text/plain' }).end('ok')
    if (path === '/readyz') {
      const alive =
        ready &&
        (await database.ping().then(
          () => true,
          () => false,
        ))
      return void response.writeHead(alive ? 200 : 503, { 'content-type': 'text/plain' }).end(alive ? 'ready' : 'not ready')
    }
    if (path === '/graphql') return graphqlDoor(request, response)
    if (await answerFiles(request, response, { callers, keeper })) return
    if (await answerIdentity(request, response, { config, database, sessions, port: () => port })) return
    if (await answerUnsubscribe(request, response, services)) return
    if (!pages) return void response.writeHead(404, { 'content-type': 'text/plain' }).end('Not found')
    const origin = originOf(config, request)
    // A page is asked for by a person, whatever else the request carries.
    request.graphql = async (inside) => {
      const slug = slugOf(inside.headers.get('samsyn-collaboration'))
      return graphql(inside, origin, slug, await callers.byCookie(inside.headers.get('cookie'), slug))
    }
    pages(request, response)
  }

  const graphqlDoor = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const key = bearerOf(request.headers.authorization)
    if (!callers.mayCome(request, key !== undefined)) return forbid(request, response)
    const slug = slugOf(request.headers['samsyn-collaboration'])
    const caller = key === undefined ? await callers.byCookie(request.headers.cookie, slug) : await callers.byKey(key, slug)
    if (typeof caller === 'string') return refuseKey(request, response, caller)
    const origin = originOf(config, request)
    await sendResponse(response, await graphql(await toRequest(request, origin), origin, slug, caller))
  }

  // Pages and answers in text are several times smaller packed; a stream of events must not wait to be packed.
  const pack = compression({
    filter: (request, response) =>
      !String(response.getHeader('content-type')).startsWith('text/event-stream') && compression.filter(request, response),
  }) as (request: IncomingMessage, response: ServerResponse, next: () => void) => void

  const server = createServer(
    // A file may take its time to come; everything else has half a minute.
    { requestTimeout: UPLOAD_MS, headersTimeout: 10_000, keepAliveTimeout: 65_000 },
    (request, response) => {
      if (!FILES_PATH.test(request.url ?? '')) hurry(request)
      const packed = new Promise<void>((next) => pack(request, response, next))
      packed
        .then(() => answer(request, response))
        .catch((error: unknown) => {
          if (error instanceof BodyTooLarge) return refuseBody(request, response)
          const status = error instanceof SyntaxError ? 400 : 500
          if (status === 500) log.error({ err: error, path: request.url?.split('?', 1)[0] }, 'a request failed')
          if (!response.headersSent) response.writeHead(status, { 'content-type': 'text/plain', connection: 'close' })
          response.end(status === 400 ? 'Bad request' : 'Unexpected error')
        })
    },
  )

  const live = openLiveDoor(server, {
    yoga,
    callers,
    bounds,
    log,
    contextOf: (request, slug, caller, end) => contextOf(originOf(config, request), slug, caller, end),
  })

  return {
    start: async () => {
      await database.ping()
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject)
        server.listen(config.port, config.host, () => {
          server.off('error', reject)
          resolve()
        })
      })
      port = (server.address() as AddressInfo).port
      const host = config.host.includes(':') ? `[${config.host}]` : config.host
      address = config.origin ?? `http://${host === '127.0.0.1' ? 'localhost' : host}:${port}`
      ready = true
      await postman.start()
      inbox.start()
      keeper.open()
      signer.start()
      ledger.start()
      return address
    },
    stop: async () => {
      ready = false
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      await live.close()
      server.closeIdleConnections()
      await inbox.stop()
      await postman.stop()
      relay.stop()
      await keeper.close()
      await signer.stop()
      await ledger.stop()
      const grace = setTimeout(() => server.closeAllConnections(), GRACE_MS)
      await closed
      clearTimeout(grace)
      await database.close()
      await doorbell.stop()
    },
  }
}

const GRACE_MS = 5_000
const BODY_MS = 30_000

/** Ends a request whose body does not come. */
const hurry = (request: IncomingMessage): void => {
  const late = setTimeout(() => request.complete || request.destroy(), BODY_MS)
  request.once('end', () => clearTimeout(late)).once('close', () => clearTimeout(late))
}
