import { readFileSync } from 'node:fs'
import { JOBS_SCHEMA, LETTERS, WEBHOOKS } from '@samsyn/prisma/engine/jobs'
import type { Config } from '../config/config.ts'
import type { Database } from '../data/database.ts'

/**
 * Guards: an administrator sees whether the hub does what it should, and nothing of what others do on it: words and delays, no numbers of
 * anything.
 */
export type PartName = 'INBOX' | 'MAIL' | 'PUSH' | 'WEBHOOKS'

export interface Part {
  readonly name: PartName
  readonly state: 'WORKS' | 'LATE' | 'OFF'
  /** For how long, in seconds, the oldest of what should have been done has waited. */
  readonly waited: number
}

export interface Status {
  readonly version: string
  readonly startedAt: Date
  readonly parts: readonly Part[]
}

/** What waits for longer is late. */
const LATE_SECONDS = 60

const { version } = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as { version: string }
const startedAt = new Date(Date.now() - performance.now())

interface Waiting {
  readonly queue: string
  readonly channel: string | null
  readonly waited: number
}

/**
 * What waits to be done the first time has waited since it was due; a letter that did not go, since it was last tried. A webhook that does not go is its
 * receiver's concern, and stands on its own page.
 */
const WAITING = `
  select name as queue, data->>'channel' as channel,
    max(extract(epoch from clock_timestamp() - case state when 'retry' then started_on else start_after end))::float8 as waited
  from ${JOBS_SCHEMA}.job
  where (state = 'created' and start_after <= now()) or (state = 'retry' and name = '${LETTERS}')
  group by 1, 2`

export const readStatus = async (database: Database, { mail, push }: Config): Promise<Status> => {
  const [inbox, waiting] = await Promise.all([
    database.ask<{ waited: number | null }>('select inbox_lag() as waited'),
    database.ask<Waiting>(WAITING),
  ])
  const longest = (queue: string, channel: string | null = null) =>
    waiting.find((one) => one.queue === queue && one.channel === channel)?.waited ?? 0
  const part = (name: PartName, on: boolean, waited: number): Part => ({
    name,
    state: on ? (waited > LATE_SECONDS ? 'LATE' : 'WORKS') : 'OFF',
    waited: on ? Math.max(0, Math.round(waited)) : 0,
  })
  return {
    version,
    startedAt,
    parts: [
      part('INBOX', true, inbox[0]?.waited ?? 0),
      part('MAIL', mail !== undefined, longest(LETTERS, 'MAIL')),
      part('PUSH', push !== undefined, longest(LETTERS, 'PUSH')),
      part('WEBHOOKS', true, longest(WEBHOOKS)),
    ],
  }
}
