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
  readonly what: Stopped
}

/** One reason, the weekly letter, or all there is, as a digest has many reasons. */
export type Stopped = NotificationReason | (typeof OTHER)[number]

const OTHER = ['WEEKLY', 'ALL'] as const

const seal = (said: string, key: Uint8Array): Buffer => createHmac('sha256', key).update(said).digest()

export const tokenOf = ({ memberId, channel, what }: Stop, key: Uint8Array): string => {
  const said = [memberId, channel, what].join('.')
  return `${said}.${seal(said, key).toString('base64url')}`
}

/** What a token says, with a way to find out whether it was made with the member's key; undefined for what is none. */
export const readToken = (token: string): (Stop & { holds: (key: Uint8Array) => boolean }) | undefined => {
  const [, said, memberId, channel, what, sealed] = /^(([0-9a-f-]{36})\.([A-Z]+)\.([A-Z_]+))\.([\w-]{43})$/.exec(token) ?? []
  if (!said || !memberId || !channel || !what || !sealed) return undefined
  if (!isOf(NotificationChannel, channel) || !(isOther(what) || isOf(NotificationReason, what))) return undefined
  const given = Buffer.from(sealed, 'base64url')
  return {
    memberId,
    channel,
    what,
    holds: (key) => timingSafeEqual(seal(said, key), given),
  }
}

const isOther = (value: string): value is (typeof OTHER)[number] => OTHER.some((other) => other === value)

const isOf = <Values extends Record<string, string>>(values: Values, value: string): value is Values[keyof Values] & string =>
  Object.hasOwn(values, value)
