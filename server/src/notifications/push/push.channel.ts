import { Agent as PlainAgent } from 'node:http'
import { Agent } from 'node:https'
import type { PushBrowser } from '@samsyn/prisma/client'
import type { Logger } from 'pino'
import webpush from 'web-push'
import { own } from '../../access/reads.ts'
import type { Viewer } from '../../access/viewer.ts'
import type { Push } from '../../config/config.ts'
import type { Database } from '../../data/database.ts'
import { NotFound } from '../../graph/failures.ts'
import { type Channel, type Letter, Refused } from '../channel.ts'
import type { SettingsService } from '../settings.service.ts'
import type { PushKeys } from './keys.ts'
import { noticeOf } from './notice.ts'
import { NotReachable, post } from './reach.ts'

/**
 * Guards: a message can be read by the receiver's own browsers alone, and a browser that is gone is not written to again.
 *
 * The letter is locked for each browser by itself (RFC 8291) and handed to its push service, which sees how long it is and whom it is for,
 * and nothing of what it says. The letter's id is its topic: while a browser is switched off, a second sending takes the place of the first. One
 * browser that can't be reached for now has the letter sent again to all; shown under the same tag it is seen once.
 */
interface Parts {
  readonly database: Database
  readonly settings: SettingsService
  readonly pushKeys: PushKeys
}

/** After a day it is no news; the inbox has it. */
const TTL_SECONDS = 86_400

type Outcome = 'taken' | 'gone' | 'refused' | 'later'

export class PushChannel implements Channel {
  readonly name = 'PUSH'
  readonly #push: Push
  readonly #parts: Parts
  readonly #log: Logger
  readonly #agents = {
    plain: new PlainAgent({ keepAlive: true, maxSockets: 10 }),
    secure: new Agent({ keepAlive: true, maxSockets: 10 }),
  }

  constructor(push: Push, parts: Parts, log: Logger) {
    this.#push = push
    this.#parts = parts
    this.#log = log
  }

  readonly send = async (letter: Letter): Promise<void> => {
    const { viewer } = letter.receiver
    const text = JSON.stringify(noticeOf(letter))
    const browsers = await this.#parts.database.read(viewer, (transaction) =>
      transaction.pushBrowser.findMany({ where: own(viewer) }),
    )
    const outcomes = await Promise.all(
      browsers.map(async (browser) => ({ id: browser.id, became: await this.#send(letter.id, browser, text) })),
    )
    const those = (became: Outcome) => outcomes.filter((one) => one.became === became).map(({ id }) => id)
    const taken = those('taken')
    if (taken.length > 0)
      await this.#parts.database.write(viewer, (transaction) =>
        transaction.pushBrowser.updateMany({
          where: { AND: [own(viewer), { id: { in: taken } }] },
          data: { toldAt: new Date() },
        }),
      )
    for (const id of those('gone')) await this.#forget(viewer, id)
    if (those('later').length > 0) throw new Error('a push service takes nothing for now')
    if (taken.length === 0) throw new Refused(new Error('no browser is there to take it'))
  }

  readonly close = (): void => {
    this.#agents.plain.destroy()
    this.#agents.secure.destroy()
  }

  async #send(letter: string, { endpoint, publicKey, secret }: PushBrowser, text: string): Promise<Outcome> {
    const { body, headers } = webpush.generateRequestDetails({ endpoint, keys: { p256dh: publicKey, auth: secret } }, text, {
      vapidDetails: { subject: this.#push.contact, ...this.#parts.pushKeys.pair },
      TTL: TTL_SECONDS,
      topic: letter.replaceAll('-', ''),
      urgency: 'normal',
      contentEncoding: 'aes128gcm',
    })
    try {
      const status = await post(endpoint, { headers, body: body ?? new Uint8Array() }, this.#push.inside, this.#agents)
      if (status >= 200 && status < 300) return 'taken'
      if (status === 404 || status === 410) return 'gone'
      this.#log.warn({ status, service: new URL(endpoint).host, letter }, 'a push service did not take a message')
      return status === 429 || status >= 500 ? 'later' : 'refused'
    } catch (error) {
      this.#log.warn({ err: error, service: new URL(endpoint).host, letter }, 'a push service could not be reached')
      // What leads inside never led anywhere else.
      return error instanceof NotReachable ? 'gone' : 'later'
    }
  }

  /** Told in the member's own stream, as when they take it away themselves. */
  async #forget(viewer: Viewer, id: string): Promise<void> {
    try {
      await this.#parts.settings.removeBrowser(viewer, { name: 'removeBrowser', key: undefined, input: { browser: id } }, id)
    } catch (error) {
      // Its owner was faster.
      if (!(error instanceof NotFound)) throw error
    }
  }
}
