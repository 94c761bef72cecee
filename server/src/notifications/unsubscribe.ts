import { createHmac, timingSafeEqual } from 'node:crypto'
import { NotificationChannel, NotificationReason } from '@samsyn/prisma/client'

/**
 * Guards: a link stops what it was made to stop, for whom it was made, and nothing else.
 *
 * Whom, by which channel and for which reason stand in the link for all to see, and behind them an HMAC under a key of that member's
 * own. So a link works without signing in, on every server, and for as long as there is anything to stop.
 */
export interface Stop {
  readonly memberId: string
  readonly channel: NotificationChannel
  /** Undefined: whatever the reason, as a digest has many. */
  readonly reason: NotificationReason | undefined
}

const ALL = 'ALL'

const seal = (said: string, key: Uint8Array): Buffer => createHmac('sha256', key).update(said).digest()

export const tokenOf = ({ memberId, channel, reason }: Stop, key: Uint8Array): string => {
  const said = [memberId, channel, reason ?? ALL].join('.')
  return `${said}.${seal(said, key).toString('base64url')}`
}

/** What a token says, with a way to find out whether it was made with the member's key; undefined for what is none. */
export const readToken = (token: string): (Stop & { holds: (key: Uint8Array) => boolean }) | undefined => {
  const [, said, memberId, channel, reason, sealed] = /^(([0-9a-f-]{36})\.([A-Z]+)\.([A-Z_]+))\.([\w-]{43})$/.exec(token) ?? []
  if (!said || !memberId || !channel || !reason || !sealed) return undefined
  if (!isOf(NotificationChannel, channel) || !(reason === ALL || isOf(NotificationReason, reason))) return undefined
  const given = Buffer.from(sealed, 'base64url')
  return {
    memberId,
    channel,
    reason: reason === ALL ? undefined : reason,
    holds: (key) => timingSafeEqual(seal(said, key), given),
  }
}

const isOf = <Values extends Record<string, string>>(values: Values, value: string): value is Values[keyof Values] & string =>
  Object.hasOwn(values, value)
