import pg from 'pg'
import type { Logger } from 'pino'

/**
 * Guards: a ring is only a hint. NOTIFY is transactional but not durable, so whoever is rung reads the journal, and reads
 * it slowly even when nothing rings.
 *
 * Listens on a connection of its own: listen first, then tell the caller to read. A lost connection is made anew.
 */
export interface Doorbell {
  stop(): Promise<void>
}

const RETRY_MS = 500
const CHECK_MS = 15_000

export const listen = (url: string, onRing: () => void, log: Logger): Doorbell => {
  let client: pg.Client | undefined
  let timer: NodeJS.Timeout | undefined
  let stopped = false

  const reconnect = () => {
    if (stopped || timer) return
    timer = setTimeout(() => {
      timer = undefined
      void connect()
    }, RETRY_MS)
    timer.unref()
  }

  const connect = async () => {
    const fresh = new pg.Client({ connectionString: url, application_name: 'samsyn doorbell', keepAlive: true })
    client = fresh
    fresh.on('error', (error) => log.warn({ err: error }, 'the doorbell lost its connection'))
    fresh.on('end', () => client === fresh && reconnect())
    fresh.on('notification', onRing)
    try {
      await fresh.connect()
      await fresh.query('listen journal')
      onRing()
    } catch (error) {
      log.warn({ err: error }, 'the doorbell cannot listen')
      await fresh.end().catch(() => undefined)
      reconnect()
    }
  }

  const check = setInterval(() => {
    const asked = client
    asked?.query('select 1').catch(() => asked.end().catch(() => undefined))
  }, CHECK_MS)
  check.unref()
  void connect()

  return {
    stop: async () => {
      stopped = true
      clearInterval(check)
      clearTimeout(timer)
      await client?.end().catch(() => undefined)
    },
  }
}
