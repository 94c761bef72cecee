import type { NotificationReason, WebhookStop } from '@samsyn/prisma/client'
import type { Deed } from '../week/week.ts'
import { english } from './words.en.ts'
import { swedish } from './words.sv.ts'

/** What a mail or a push message says; its reader need not have opened a page, so the words are the server's. */
export interface Words {
  readonly tag: string
  readonly somebody: string
  /** The rest of a sentence that begins with who did it. */
  readonly did: Readonly<Record<Exclude<NotificationReason, 'DUE' | 'OVERDUE' | 'TO_SIGN' | 'WEBHOOK_STOPPED'>, string>>
  /** How a proposal ended, by the kind of what happened. */
  readonly decided: Readonly<Record<string, string>>
  readonly madeResponsible: string
  readonly toSign: string
  /** What is said of a last day. */
  readonly lastDay: Readonly<Record<'DUE' | 'OVERDUE', (day: string) => string>>
  /** Why the hub no longer sends to a webhook. */
  readonly stopped: Readonly<Record<WebhookStop, string>>
  readonly clause: (number: string | null, heading: string) => string
  readonly version: (number: number) => string
  readonly untitled: string
  readonly why: Readonly<Record<NotificationReason, string>>
  readonly because: (why: string) => string
  readonly gathered: (count: number) => string
  readonly gatheredBecause: string
  readonly openTask: string
  readonly openWebhook: string
  readonly open: string
  readonly sign: string
  readonly stop: string
  readonly stopAll: string
  readonly settings: string
  readonly footer: string
  readonly week: {
    readonly heading: string
    /** What a party did, before the name of what it did it to. */
    readonly did: Readonly<Record<Deed, string>>
    readonly more: (count: number) => string
    readonly comments: (count: number) => string
    readonly open: string
    readonly because: string
    readonly stop: string
  }
}

export const wordsIn: Readonly<Record<'sv' | 'en', Words>> = { sv: swedish, en: english }
