import { resolve } from 'node:path'
import { migrate } from '@samsyn/prisma/engine/migrate'
import { startEmbedded } from '@samsyn/prisma/engine/embedded'
import { plant } from '@samsyn/prisma/seed/plant'
import { pino } from 'pino'
import { buildApp } from './app.ts'
import { ConfigError, deriveConfig } from './config/config.ts'
import { readEnvironment } from './config/environment.ts'
import { openStore } from './files/store.ts'
import { loadPages } from './http/pages.ts'
import { originOf } from './http/request.ts'
import { openDoorbell } from './journal/doorbell.ts'
import { loadDocuments } from './limits/documents.ts'

/** `pnpm start`: database, migrations, pilot, pages, server; prints the address; stops cleanly on SIGTERM and SIGINT. */
const root = resolve(import.meta.dirname, '../..')

const run = async (): Promise<void> => {
  const config = deriveConfig(readEnvironment(process.env), root)
  const log = pino(
    { level: config.logLevel, redact: ['req.headers.cookie', 'req.headers.authorization'] },
    pino.destination({ fd: 2, sync: false }),
  )
  const say = (message: string) => log.info(message)
  // Only where it is wanted: what sends is not loaded otherwise.
  const stopTraces = config.traces && (await import('./traces/sending.ts')).sendTraces(config.traces, log)

  const embedded =
    config.databaseUrl === undefined ? await startEmbedded({ dataDir: config.dataDir, log: say, keep: true }) : undefined
  const ownerUrl = config.databaseUrl ?? embedded?.url
  if (ownerUrl === undefined) throw new Error('there is no database')
  try {
    const { applicationUrl } = await migrate(ownerUrl, { log: say, applicationUrl: config.databaseAppUrl })
    const planted = config.seed ? await plant(ownerUrl, { now: new Date() }) : undefined
    const pages = await loadPages(resolve(root, 'client/build/handler.js'), (request) => originOf(config, request))
    const documents = loadDocuments(resolve(root, 'client/build/documents.json'))
    const store = await openStore(config)
    const doorbell = await openDoorbell(config, applicationUrl, log)
    const app = buildApp({ config, databaseUrl: applicationUrl, log, doorbell, store, documents, pages })
    const address = await app.start()
    console.log(welcome(address, planted !== undefined, config.mail !== undefined))

    const signal = await new Promise<string>((stop) => {
      for (const name of ['SIGTERM', 'SIGINT'] as const) process.once(name, () => stop(name))
    })
    log.info(`stopping on ${signal}`)
    await app.stop()
  } finally {
    await embedded?.stop()
    await stopTraces?.()
  }
}

const welcome = (address: string, demo: boolean, mail: boolean): string =>
  [
    '',
    `  Samsyn is running at ${address}`,
    demo
      ? '  Open it and choose whom to sign in as: a coordinator or a contributor of each party.'
      : '  Sign in with your e-mail address and password.',
    ...(mail ? [] : ['  No e-mail is sent: SMTP_URL and MAIL_FROM are not set.']),
    '  Stop with Ctrl C.',
    '',
  ].join('\n')

run().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error instanceof ConfigError ? error.message : error)
    process.exit(1)
  },
)
