import compression from 'compression'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Logger } from 'pino'
import { CalendarService } from './calendar/calendar.service.ts'
import { CommentService } from './comments/comments.service.ts'
import type { Config } from './config/config.ts'
import { Database } from './data/database.ts'
import type { Caller, Services } from './graph/context.ts'
import { answerGraphiql } from './graphiql/graphiql.http.ts'
import { answerAs, type BaseContext } from './graph/execution.ts'
import { answerFiles, FILES_PATH, UPLOAD_MS } from './files/files.http.ts'
import { FileService } from './files/files.service.ts'
import { FileKeeper } from './files/keeper.ts'
import type { FileStore } from './files/store.ts'
import { createSchema } from './graph/schema.ts'
import { createGraph, maskError } from './graph/yoga.ts'
import type { Pages } from './http/pages.ts'
import { answerHealth } from './http/health.ts'
import { listDoors } from './http/lists.ts'
import { Callers, type Identified } from './http/callers.ts'
import { answerFailure } from './http/failed.ts'
import { answerGraphql, withGraphql } from './http/graphql.ts'
import { securityHeaders } from './http/headers.ts'
import { addressOf, hurry, originOf } from './http/request.ts'
import { openLiveDoor } from './http/websocket.ts'
import { answerIdentity } from './identity/identity.http.ts'
import { networkOf } from './identity/network.ts'
import { Sessions } from './identity/sessions.ts'
import { Bounds, countedAs } from './journal/bounds.ts'
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
import { PushKeys } from './notifications/push/keys.ts'
import { openChannels } from './notifications/channels.ts'
import type { ReadAs } from './notifications/letter.document.ts'
import { Postman } from './notifications/postman.ts'
import { NotificationService } from './notifications/notifications.service.ts'
import { SettingsService } from './notifications/settings.service.ts'
import { answerUnsubscribe } from './notifications/unsubscribe.http.ts'
import { TaskService } from './tasks/tasks.service.ts'
import { VisitService } from './visits/visits.service.ts'
import { ErasureLedger } from './backup/ledger.ts'
import { HeadSigner } from './chain/heads.ts'
import { Allowance } from './limits/allowance.ts'
import type { Documents } from './limits/documents.ts'
import { jobsIn } from './jobs/standing.ts'
import { Metrics, MetricsDoor } from './metrics/metrics.ts'
import { tracedRequest } from './traces/traces.ts'
import { Addresses } from './webhooks/address.ts'
import { Courier } from './webhooks/courier.ts'
import { WebhookSecrets } from './webhooks/secret.ts'
import { WebhookService } from './webhooks/webhooks.service.ts'

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
  /** What the pages ask, by its hash. */
  readonly documents: Documents
  /** Undefined: only the API is served. */
  readonly pages: Pages | undefined
}

export const buildApp = ({ config, databaseUrl, log, doorbell, store, documents, pages }: Parts): App => {
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
  const programs = new Programs(database)
  const callers = new Callers(config, () => port, sessions, programs)
  const jobs = new Jobs(databaseUrl, log)
  let secrets: Promise<WebhookSecrets> | undefined
  const openSecrets = () => (secrets ??= WebhookSecrets.open(config.webhookKeyFile))
  const hub = new Hub<Caller>({
    relay,
    ended: (held) => callers.ended(held),
    format: ({ errors, ...result }) => ({ ...result, ...(errors && { errors: errors.map((error) => maskError(error, log)) }) }),
    onError: (error) => log.error({ err: error }, 'the hub could not read'),
  })
  const bounds = new Bounds(config.limits)
  const allowance = new Allowance(config.operations.costPerMinute, () => performance.now())
  const services: Services = {
    config,
    database,
    relay,
    hub,
    bounds,
    allowance,
    tasks: new TaskService(work),
    comments: new CommentService(work),
    members: new MemberService(work, database),
    proposals: new ProposalService(work),
    versions: new VersionService(work),
    keys: new KeyService(work),
    calendars: new CalendarService(work),
    notifications: new NotificationService(work),
    settings: new SettingsService(work),
    pushKeys: new PushKeys(database),
    files: new FileService(work),
    keeper,
    visits: new VisitService(work),
    webhooks: new WebhookService(work, jobs, openSecrets),
  }
  const schema = createSchema()
  const metrics = new Metrics()
  const yoga = createGraph(schema, { limits: config.operations, documents, metrics, log })
  let ready = false
  let address = ''

  const contextAt = (
    origin: string,
    counted: string,
    slug: string | undefined,
    caller: Identified,
    end: () => void,
  ): BaseContext => ({
    ...services,
    ...caller,
    counted,
    origin,
    again: () => callers.again(caller, slug),
    end,
    onError: (error) => log.error({ err: error }, 'a subscription could not read'),
  })
  const contextOf = (request: IncomingMessage, slug: string | undefined, caller: Identified, end: () => void): BaseContext =>
    contextAt(originOf(config, request), countedAs(caller) ?? networkOf(addressOf(config, request)), slug, caller, end)
  const graphql = { config, yoga, callers, allowance, contextOf }
  const answerLists = listDoors({ config, database, callers, schema, log, contextOf })

  const readAs: ReadAs = (viewer, document, variables) =>
    answerAs(
      schema,
      document,
      variables,
      // Nobody is at a door: nothing is counted.
      contextAt(address, '', undefined, { session: undefined, program: undefined, viewer }, () => undefined),
    )
  const postman = new Postman({
    database,
    jobs,
    channels: openChannels(config, services, log),
    readAs,
    origin: () => address,
    log,
  })
  const inbox = new InboxReader(database, relay, postman, log)
  const courier = new Courier({
    database,
    relay,
    jobs,
    programs,
    addresses: new Addresses(config.webhookNetworks),
    openSecrets,
    schema,
    limits: config.operations,
    allowance,
    baseOf: (viewer) => contextAt(address, '', undefined, { session: undefined, program: undefined, viewer }, () => undefined),
    log,
  })

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = (request.url ?? '/').split('?', 1)[0]
    for (const [name, value] of Object.entries(securityHeaders(config))) response.setHeader(name, value)
    if (await answerHealth(path, response, async () => ready && (await database.answers()))) return
    if (path === '/graphql') return answerGraphql(request, response, graphql)
    if (await answerFiles(request, response, { callers, keeper })) return
    if (await answerLists(request, response)) return
    if (await answerGraphiql(request, response, { callers })) return
    if (await answerIdentity(request, response, { config, database, sessions, port: () => port })) return
    if (await answerUnsubscribe(request, response, services)) return
    if (!pages) return void response.writeHead(404, { 'content-type': 'text/plain' }).end('Not found')
    pages(withGraphql(request, graphql), response)
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
      metrics.requested(request, response)
      const packed = new Promise<void>((next) => pack(request, response, next))
      packed
        .then(() => tracedRequest(request, response, () => answer(request, response)))
        .catch((error: unknown) => answerFailure(error, request, response, log))
    },
  )

  const live = openLiveDoor(server, { config, yoga, documents, callers, bounds, log, contextOf })
  metrics.watch({
    sockets: live.sockets,
    following: () => hub.standing(),
    database: () => database.standing(),
    jobs: () => jobsIn(database),
  })
  const figures = config.metrics && new MetricsDoor(config.metrics, metrics, log)

  return {
    start: async () => {
      await database.ping()
      await figures?.start()
      await services.pushKeys.open()
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
      await courier.start()
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
      await courier.stop()
      await postman.stop()
      relay.stop()
      await keeper.close()
      await signer.stop()
      await ledger.stop()
      const grace = setTimeout(() => server.closeAllConnections(), GRACE_MS)
      await closed
      clearTimeout(grace)
      await figures?.stop()
      await database.close()
      await doorbell.stop()
    },
  }
}

const GRACE_MS = 5_000
