import { createClient } from '@redis/client'
import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { Doorbell } from './doorbell.ts'

/**
 * The bell of Redis: one channel, one empty message, heard by whoever rang too.
 *
 * Guards: no act waits for Redis. One ring is under way at a time; those that come meanwhile are answered by one more after it.
 * Without a connection that one ring waits for it, and the journal's readers for their polls.
 */

const CHANNEL = 'samsyn journal'
const RETRY_MS = 500
const CHECK_MS = 15_000
/** How long a last ring may hold up who stops. */
const FAREWELL_MS = 1_000

export const redisBell = (url: string, log: Logger): Doorbell => {
  const client = createClient({ url, pingInterval: CHECK_MS, socket: { reconnectStrategy: RETRY_MS } })
  let ringing: Promise<void> | undefined
  let again = false
  let troubled = false

  /** Each outage is told once, however often the connection is tried and however many ring. */
  const note = (error: unknown) => {
    if (!troubled) log.warn({ err: error }, 'the doorbell is out of order')
    troubled = true
  }

  const ring = () => {
    again = true
    ringing ??= publish()
  }
  const publish = async () => {
    while (again) {
      again = false
      await client.publish(CHANNEL, '').catch(note)
    }
    ringing = undefined
  }

  client.on('error', note)
  client.on('ready', () => {
    if (troubled) log.info('the doorbell is in order again')
    troubled = false
  })
  client.connect().catch(note)

  return {
    ring,
    listen: (onRing) => {
      // Also after a lost connection, when it is the same channel and the same listener, and asks for nothing.
      const subscribe = () => void client.subscribe(CHANNEL, onRing).then(onRing, note)
      client.on('ready', subscribe)
      if (client.isReady) subscribe()
    },
    stop: async () => {
      await Promise.race([ringing, delay(FAREWELL_MS, undefined, { ref: false })])
      client.destroy()
    },
  }
}
