import pg from 'pg'
import type { Logger } from 'pino'
import type { Doorbell } from './doorbell.ts'

/**
 * Guards: a ring that could not be heard is made good: each time that the connection is made anew, whoever listens is
 * told to read.
 */

const RETRY_MS = 500
const CHECK_MS = 15_000

/**
 * The bell of PostgreSQL: sealing says NOTIFY, and COMMIT delivers it.
 *
 * Listens on a connection of its own: listen first, then tell the caller to read. A lost connection is made anew.
 */
export const notifyBell = (url: string, log: Logger): Doorbell => {
  let client: pg.Client | undefined
  let timer: NodeJS.Timeout | undefined
  let check: NodeJS.Timeout | undefined
  let stopped = false

  const connect = async (onRing: () => void) => {
    const reconnect = () => {
      if (stopped || timer) return
      timer = setTimeout(() => {
        timer = undefined
        void connect(onRing)
      }, RETRY_MS)
      timer.unref()
    }
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

  return {
    ring: undefined,
    listen: (onRing) => {
      check = setInterval(() => {
        const asked = client
        asked?.query('select 1').catch(() => asked.end().catch(() => undefined))
      }, CHECK_MS)
      check.unref()
      void connect(onRing)
    },
    stop: async () => {
      stopped = true
      clearInterval(check)
      clearTimeout(timer)
      await client?.end().catch(() => undefined)
    },
  }
}
