import { isIP } from 'node:net'
import { join, resolve } from 'node:path'
import type { Limits } from '../journal/bounds.ts'
import type { OperationLimits } from '../limits/limits.ts'
import type { MetricsAddress } from '../metrics/metrics.ts'
import type { TracesAddress } from '../traces/sending.ts'
import { type Network, parseNetworks } from '../webhooks/address.ts'
import type { Environment } from './environment.ts'

/** What the server runs by, derived from the environment and checked. */
export interface Config {
  /** Address to listen on; a loopback address unless told otherwise. */
  readonly host: string
  /** Port to listen on; 0 takes a free one. */
  readonly port: number
  /** Where the operator's own programs read how the hub fares; undefined: nowhere. */
  readonly metrics: MetricsAddress | undefined
  /** Where it is sent where the time of requests goes; undefined: nowhere. */
  readonly traces: TracesAddress | undefined
  /** Folder of the embedded database, and of files. */
  readonly dataDir: string
  /** Owner's address of a PostgreSQL of one's own; undefined for the embedded one. */
  readonly databaseUrl: string | undefined
  /** Application's address, where roles are given and not made. */
  readonly databaseAppUrl: string | undefined
  /** The Redis by which servers tell each other that something happened; undefined for PostgreSQL's own NOTIFY. */
  readonly doorbellUrl: string | undefined
  /** The public origin, for example https://samsyn.example; undefined on loopback, where the request's own counts. */
  readonly origin: string | undefined
  /** Whether to plant the pilot in an empty database. */
  readonly seed: boolean
  readonly logLevel: string
  /** Connections to PostgreSQL for reading and writing, apart from the one that listens to NOTIFY. */
  readonly pool: number
  /** Whether X-Forwarded-For of a proxy in front is believed. */
  readonly trustProxy: boolean
  /** Where the key lies that signs how far the journal has come; made the first time. */
  readonly journalKeyFile: string
  /** Where the secret lies from which those of webhooks are derived; made the first time. */
  readonly webhookKeyFile: string
  /** Networks of the operator's own that webhooks may be sent into, also without encryption. */
  readonly webhookNetworks: readonly Network[]
  /** The largest file that is taken, in bytes. */
  readonly fileLimit: number
  /** The longest list that leaves as a table or a calendar, in rows. */
  readonly exportLimit: number
  /** How much of a server one person, and one collaboration, may hold. */
  readonly limits: Limits
  /** How much one may ask at once, and in a minute, through either door. */
  readonly operations: OperationLimits
  /** The bucket that files are kept in; undefined for a folder under `dataDir`. */
  readonly s3: Bucket | undefined
  /** By what e-mail is sent; undefined: none is. */
  readonly mail: Mail | undefined
  /** How browsers are told; undefined: none is. */
  readonly push: Push | undefined
}

/** What push services are told of this hub, and which of them may be reached. */
export interface Push {
  /** Where whoever runs a push service reaches whoever runs this hub: mailto: or https:. */
  readonly contact: string
  /** Origins of push services on one's own network; beside them only public addresses are reached. */
  readonly inside: readonly string[]
}

/** A server that takes e-mail, and from whom it comes. */
export interface Mail {
  readonly smtpUrl: string
  /** An address, or a name and an address: Samsyn <samsyn@kommun.example>. */
  readonly from: string
}

/** A bucket of something that speaks S3. */
export interface Bucket {
  readonly bucket: string
  /** Undefined for Amazon's own. */
  readonly endpoint: string | undefined
  readonly region: string
  readonly accessKey: string
  readonly secretKey: string
}

/** All that is wrong, at once. */
export class ConfigError extends Error {
  constructor(problems: readonly string[]) {
    super(`The settings do not hold:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`)
    this.name = 'ConfigError'
  }
}

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']

type Figure = 'PORT' | 'METRICS_PORT' | 'DATABASE_POOL' | Extract<keyof Environment, `${string}_LIMIT`>

/** True for addresses that only this machine reaches. */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'))

/** Derives and checks; throws one ConfigError that names everything wrong. Relative folders count from `root`. */
export const deriveConfig = (environment: Environment, root: string): Config => {
  const problems: string[] = []
  const whole = (name: Figure, fallback: number, least: number, most: number) => {
    const given = environment[name]
    if (given === undefined) return fallback
    const value = Number(given)
    if (Number.isInteger(value) && value >= least && value <= most) return value
    problems.push(`${name} is "${given}": a whole number from ${least} to ${most} is needed`)
    return fallback
  }
  const flag = (name: 'SEED' | 'TRUST_PROXY' | 'PUSH', fallback: boolean) => {
    const given = environment[name]
    if (given === undefined) return fallback
    if (given === 'true' || given === 'false') return given === 'true'
    problems.push(`${name} is "${given}": true or false is needed`)
    return fallback
  }
  const address = (
    name: 'DATABASE_URL' | 'DATABASE_APP_URL' | 'DOORBELL_URL' | 'SMTP_URL' | 'OTEL_EXPORTER_OTLP_ENDPOINT',
    pattern: RegExp,
    form: string,
  ) => {
    const given = environment[name]
    if (given === undefined) return undefined
    if (URL.canParse(given) && pattern.test(new URL(given).href)) return given
    problems.push(`${name} is not an address of the form ${form}`)
    return undefined
  }
  const postgres = [/^postgres(ql)?:/, 'postgresql://user:password@host:5432/database'] as const

  const host = environment.HOST ?? '127.0.0.1'
  let origin: string | undefined
  if (environment.ORIGIN_URL !== undefined) {
    const url = URL.canParse(environment.ORIGIN_URL) ? new URL(environment.ORIGIN_URL) : undefined
    if (!url || !/^https?:$/.test(url.protocol) || url.pathname !== '/' || url.search || url.hash)
      problems.push(
        `ORIGIN_URL is "${environment.ORIGIN_URL}": an origin such as https://samsyn.example is needed, without a path`,
      )
    else if (url.protocol === 'http:' && !isLoopback(url.hostname))
      problems.push(`ORIGIN_URL is "${environment.ORIGIN_URL}": https is needed for any address but this machine's own`)
    else origin = url.origin
  } else if (!isLoopback(host)) {
    problems.push(`HOST is "${host}": ORIGIN_URL is needed when others than this machine can reach the server`)
  }
  const logLevel = environment.LOG_LEVEL ?? 'info'
  if (!LOG_LEVELS.includes(logLevel)) problems.push(`LOG_LEVEL is "${logLevel}": one of ${LOG_LEVELS.join(', ')} is needed`)
  const databaseUrl = address('DATABASE_URL', ...postgres)
  const bucket = (): Bucket | undefined => {
    const { S3_BUCKET, S3_ENDPOINT: endpoint, S3_REGION: region = 'us-east-1', S3_ACCESS_KEY, S3_SECRET_KEY } = environment
    if (S3_BUCKET === undefined) {
      const idle = (['S3_ENDPOINT', 'S3_REGION', 'S3_ACCESS_KEY', 'S3_SECRET_KEY'] as const).filter((name) => environment[name])
      if (idle.length > 0) problems.push(`${idle.join(', ')} say nothing without S3_BUCKET`)
      return undefined
    }
    if (endpoint !== undefined && !(URL.canParse(endpoint) && /^https?:$/.test(new URL(endpoint).protocol)))
      problems.push(`S3_ENDPOINT is "${endpoint}": an address such as https://s3.example is needed`)
    if (!S3_ACCESS_KEY || !S3_SECRET_KEY) problems.push('S3_ACCESS_KEY and S3_SECRET_KEY are needed with S3_BUCKET')
    return { bucket: S3_BUCKET, endpoint, region, accessKey: S3_ACCESS_KEY ?? '', secretKey: S3_SECRET_KEY ?? '' }
  }

  const networks = (): Network[] => {
    try {
      return parseNetworks(environment.WEBHOOK_NETWORKS ?? '')
    } catch {
      problems.push(
        `WEBHOOK_NETWORKS is "${environment.WEBHOOK_NETWORKS}": networks such as 10.20.0.0/16, fd12::/48 are needed, with commas between`,
      )
      return []
    }
  }

  const mail = (): Mail | undefined => {
    const smtpUrl = address('SMTP_URL', /^smtps?:\/\/[^/?]+\/?$/, 'smtps://user:password@host:465')
    const { MAIL_FROM: from } = environment
    if (environment.SMTP_URL === undefined) {
      if (from !== undefined) problems.push('MAIL_FROM says nothing without SMTP_URL')
      return undefined
    }
    if (from === undefined || !/^([^<>@\r\n]*<[^<>@\s]+@[^<>@\s]+>|[^<>@\s]+@[^<>@\s]+)$/.test(from))
      problems.push('MAIL_FROM is needed with SMTP_URL: an address such as Samsyn <samsyn@kommun.example>')
    return smtpUrl === undefined || from === undefined ? undefined : { smtpUrl, from }
  }

  const push = (given: Mail | undefined): Push | undefined => {
    const { PUSH_CONTACT: named, PUSH_INSIDE: inside = '' } = environment
    if (named !== undefined && !/^(mailto:[^<>@\s]+@[^<>@\s]+|https:\/\/\S+)$/.test(named))
      problems.push('PUSH_CONTACT is needed in the form mailto:samsyn@kommun.example or https://kommun.example')
    const origins = inside.split(',').flatMap((part) => part.trim() || [])
    for (const one of origins)
      if (!URL.canParse(one) || new URL(one).origin !== one || !/^https?:/.test(one))
        problems.push(`PUSH_INSIDE has "${one}": origins such as https://push.kommun.example are needed, separated by commas`)
    if (!flag('PUSH', true)) return undefined
    const [, from] = /([^<>\s]+@[^<>\s]+?)>?$/.exec(given?.from ?? '') ?? []
    const own = origin?.startsWith('https:') ? origin : undefined
    return { contact: named ?? (from ? `mailto:${from}` : (own ?? 'mailto:samsyn@localhost')), inside: origins }
  }

  const metrics = () => {
    const { METRICS_PORT: port, METRICS_HOST: on } = environment
    if (port === undefined && on !== undefined) problems.push('METRICS_HOST says nothing without METRICS_PORT')
    return port === undefined ? undefined : { host: on ?? '127.0.0.1', port: whole('METRICS_PORT', 0, 1, 65535) }
  }

  const traces = () => {
    const endpoint = address('OTEL_EXPORTER_OTLP_ENDPOINT', /^https?:/, 'http://collector:4318')
    const { OTEL_TRACES_SAMPLER_ARG: given = '1' } = environment
    const share = Number(given)
    if (!(share >= 0 && share <= 1)) problems.push(`OTEL_TRACES_SAMPLER_ARG is "${given}": a share from 0 to 1 is needed`)
    return endpoint === undefined ? undefined : { endpoint, share }
  }

  const sending = mail()
  const dataDir = resolve(root, environment.DATA_DIR ?? '.data')
  const config: Config = {
    host,
    port: whole('PORT', 3000, 0, 65535),
    metrics: metrics(),
    traces: traces(),
    dataDir,
    journalKeyFile: resolve(root, environment.JOURNAL_KEY_FILE ?? join(dataDir, 'journal.pem')),
    webhookKeyFile: resolve(root, environment.WEBHOOK_KEY_FILE ?? join(dataDir, 'webhooks.key')),
    webhookNetworks: networks(),
    databaseUrl,
    databaseAppUrl: address('DATABASE_APP_URL', ...postgres),
    doorbellUrl: address('DOORBELL_URL', /^rediss?:\/\/[^/]+(\/\d*)?$/, 'redis://user:password@host:6379'),
    origin,
    seed: flag('SEED', environment.DATABASE_URL === undefined),
    logLevel,
    pool: whole('DATABASE_POOL', 10, 2, 100),
    trustProxy: flag('TRUST_PROXY', false),
    fileLimit: whole('FILE_LIMIT', 25, 1, 1000) * 1_000_000,
    exportLimit: whole('EXPORT_LIMIT', 20_000, 1, 1_000_000),
    limits: {
      socketsPerPerson: whole('SOCKET_LIMIT', 20, 1, 1_000_000),
      followedPerPerson: whole('SUBSCRIPTION_LIMIT', 100, 1, 1_000_000),
      followersPerCollaboration: whole('FOLLOWER_LIMIT', 20_000, 1, 1_000_000),
    },
    operations: {
      tokens: whole('TOKEN_LIMIT', 4_000, 1, 1_000_000),
      depth: whole('DEPTH_LIMIT', 15, 1, 1_000),
      aliases: whole('ALIAS_LIMIT', 100, 0, 1_000_000),
      directives: whole('DIRECTIVE_LIMIT', 50, 0, 1_000_000),
      cost: whole('COST_LIMIT', 150_000, 1, 1_000_000_000),
      costPerMinute: whole('RATE_LIMIT', 5_000_000, 1, 1_000_000_000),
    },
    s3: bucket(),
    mail: sending,
    push: push(sending),
  }
  const { cost, costPerMinute } = config.operations
  if (cost > costPerMinute)
    problems.push(`RATE_LIMIT is ${costPerMinute} and COST_LIMIT ${cost}: what one operation may cost must fit into a minute`)
  if (problems.length > 0) throw new ConfigError(problems)
  return config
}
