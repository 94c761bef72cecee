import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { Logger } from 'pino'
import { doorOf } from '../http/doors.ts'

/**
 * Guards: whoever runs the hub sees how it fares, and nothing of who uses it for what: figures, and no id, name or address.
 *
 * In Prometheus' text format, at an address of its own that the proxy does not know (`METRICS_PORT`).
 */
export interface Sources {
  /** Sockets that are open here. */
  readonly sockets: () => number
  /** Those who follow over them. */
  readonly following: () => Following
  readonly database: () => Connections
  /** What waits to be sent, of all servers on the database. */
  readonly jobs: () => Promise<readonly Waiting[]>
}

export interface Following {
  readonly followers: number
  /** Those who are told the same in the same bytes. */
  readonly groups: number
  /** Followers who have not been sent all that is known to have happened. */
  readonly behind: number
  /** Entries that the one furthest behind lacks. */
  readonly entriesBehind: number
  /** How often the journal has been read for followers since the server started. */
  readonly executions: number
}

export interface Connections {
  readonly open: number
  readonly idle: number
  /** Work that waits for one. */
  readonly waiting: number
}

export interface Waiting {
  readonly queue: string
  readonly state: string
  readonly count: number
}

export interface MetricsAddress {
  readonly host: string
  readonly port: number
}

/** What is measured by whoever does it. The rest is looked up when somebody asks. */
export class Metrics {
  readonly registry = new Registry()
  readonly #requests = new Histogram({
    name: 'samsyn_request_seconds',
    help: 'Time from a request over HTTP to the end of its answer; streams of events are counted when they end.',
    labelNames: ['door', 'status'] as const,
    buckets: [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [this.registry],
  })
  readonly #operations = new Histogram({
    name: 'samsyn_operation_seconds',
    help: 'Time to execute an operation of either door; of a subscription, until it was accepted. The outcome is ok or the first error’s code.',
    labelNames: ['kind', 'outcome'] as const,
    buckets: [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [this.registry],
  })

  requested(request: IncomingMessage, response: ServerResponse): void {
    const done = this.#requests.startTimer()
    response.once('close', () => done({ door: doorOf(request.url ?? '/'), status: `${Math.floor(response.statusCode / 100)}xx` }))
  }

  operation(kind: string, outcome: string, milliseconds: number): void {
    this.#operations.observe({ kind, outcome }, milliseconds / 1_000)
  }

  watch({ sockets, following, database, jobs }: Sources): void {
    collectDefaultMetrics({ register: this.registry })
    const gauge = (name: string, help: string, read: () => number) =>
      new Gauge({
        name: `samsyn_${name}`,
        help,
        registers: [this.registry],
        collect() {
          this.set(read())
        },
      })
    gauge('sockets', 'Sockets that are open here.', sockets)
    gauge('followers', 'Subscriptions over sockets.', () => following().followers)
    gauge('groups', 'Groups of followers who are told the same in the same bytes.', () => following().groups)
    gauge('followers_behind', 'Followers not sent all that is known to have happened.', () => following().behind)
    gauge('entries_behind', 'Entries that the follower furthest behind lacks.', () => following().entriesBehind)
    gauge('connections_open', 'Connections to PostgreSQL.', () => database().open)
    gauge('connections_idle', 'Connections to PostgreSQL that nobody holds.', () => database().idle)
    gauge('connections_awaited', 'Work that waits for a connection.', () => database().waiting)
    const executions = new Counter({
      name: 'samsyn_group_executions_total',
      help: 'How often the journal was read for followers.',
      registers: [],
      collect() {
        this.reset()
        this.inc(following().executions)
      },
    })
    const undone = new Gauge({
      name: 'samsyn_jobs',
      help: 'Jobs not done yet, of all servers on the database.',
      labelNames: ['queue', 'state'],
      registers: [],
      async collect() {
        this.reset()
        for (const { queue, state, count } of await jobs()) this.set({ queue, state }, count)
      },
    })
    this.registry.registerMetric(executions)
    this.registry.registerMetric(undone)
  }
}

/** Serves them, for as long as the hub runs. */
export class MetricsDoor {
  readonly #server: Server
  readonly #address: MetricsAddress

  constructor(address: MetricsAddress, { registry }: Metrics, log: Logger) {
    this.#address = address
    this.#server = createServer((request, response) => {
      if (request.url?.split('?', 1)[0] !== '/metrics') return void response.writeHead(404).end()
      registry.metrics().then(
        (text) => response.writeHead(200, { 'content-type': registry.contentType }).end(text),
        (error: unknown) => {
          log.warn({ err: error }, 'the figures could not be read')
          response.writeHead(503).end()
        },
      )
    })
  }

  start(): Promise<void> {
    const { host, port } = this.#address
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject)
      this.#server.listen(port, host, () => resolve())
    })
  }

  stop(): Promise<void> {
    this.#server.closeAllConnections()
    return new Promise((resolve) => this.#server.close(() => resolve()))
  }
}
