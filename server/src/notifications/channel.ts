import type { NotificationChannel } from '@samsyn/prisma/client'
import type { Viewer } from '../access/viewer.ts'
import type { Told } from './letter.document.ts'
import type { PartyWeek } from './week/week.ts'

/** Somebody to whom a letter goes, as they want it. */
export interface Receiver {
  readonly name: string
  /** Where mail reaches them. */
  readonly email: string
  readonly locale: 'sv' | 'en'
  readonly timeZone: string
  readonly collaboration: { readonly slug: string; readonly name: string }
  /** As whom the server reads and acts for them: as if they were here. */
  readonly viewer: Viewer
}

/** To whom something goes, under which id, and how they stop it. */
export interface Envelope {
  /** The same however often it is sent, so that whoever gets it twice can tell. */
  readonly id: string
  readonly receiver: Receiver
  /** The origin of links into the hub. */
  readonly origin: string
  /** The address that stops all of the kind by this channel, without signing in. */
  readonly unsubscribe: string
}

/** What goes out at once to one receiver: one thing, or with `digest` all that has gathered. */
export interface Letter extends Envelope {
  readonly digest: boolean
  readonly told: readonly Told[]
}

/** What the parties did in a week. */
export interface Weekly extends Envelope {
  readonly parties: readonly PartyWeek[]
}

/** A way of telling people: where they are reached, how it is put, and how it gets there. */
export interface Channel {
  readonly name: NotificationChannel
  /** Resolves when it has been taken for delivery. Throws `Refused` for what trying again would not mend. */
  readonly send: (letter: Letter) => Promise<void>
  /** Where there is room for a week. */
  readonly sendWeekly?: (weekly: Weekly) => Promise<void>
  readonly close: () => void
}

/** The other side will not take it, now or later. */
export class Refused extends Error {
  constructor(cause: Error) {
    super(cause.message, { cause })
    this.name = 'Refused'
  }
}
