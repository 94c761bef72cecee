import nodemailer from 'nodemailer'
import type { Mail } from '../../config/config.ts'
import { type Channel, type Envelope, type Letter, Refused, type Weekly } from '../channel.ts'
import { threadOf } from '../words/item.ts'
import type { Rendered } from './frame.ts'
import { render } from './template.ts'
import { renderWeek } from './week.template.ts'

/**
 * Guards: a mail can be told from its like, stopped with one press, and answered by no robot.
 *
 * The id of the letter is the mail's, so that whoever gets it twice sees one; what is told of one thing names that thing's first mail,
 * whether or not there was one, so that mail programs keep it together. `List-Unsubscribe-Post` is RFC 8058.
 */
export class MailChannel implements Channel {
  readonly name = 'MAIL'
  readonly #transport
  readonly #from: string
  readonly #domain: string

  constructor({ smtpUrl, from }: Mail) {
    this.#from = from
    this.#domain = /@([^>\s]+)>?$/.exec(from)?.[1] ?? 'localhost'
    this.#transport = nodemailer.createTransport({
      url: smtpUrl,
      pool: true,
      maxConnections: 3,
      connectionTimeout: 10_000,
      greetingTimeout: 10_000,
      socketTimeout: 30_000,
      // Nothing in a mail is fetched from a file or an address.
      disableFileAccess: true,
      disableUrlAccess: true,
    })
  }

  readonly send = async (letter: Letter): Promise<void> => {
    const { digest, told } = letter
    const [first] = told
    await this.#send(letter, render(letter), digest || !first ? undefined : this.#idOf(threadOf(first)))
  }

  readonly sendWeekly = (weekly: Weekly): Promise<void> => this.#send(weekly, renderWeek(weekly))

  readonly close = (): void => this.#transport.close()

  async #send({ id, receiver, unsubscribe }: Envelope, { subject, text, html }: Rendered, thread?: string): Promise<void> {
    try {
      await this.#transport.sendMail({
        messageId: this.#idOf(id),
        ...(thread && { references: thread, inReplyTo: thread }),
        from: this.#from,
        to: { name: receiver.name, address: receiver.email },
        subject,
        text,
        html,
        headers: {
          'List-Unsubscribe': `<${unsubscribe}>`,
          'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
          'Auto-Submitted': 'auto-generated',
          'X-Auto-Response-Suppress': 'All',
        },
      })
    } catch (error) {
      if (error instanceof Error && isFinal(error)) throw new Refused(error)
      throw error
    }
  }

  #idOf(local: string): string {
    return `<${local}@${this.#domain}>`
  }
}

/** The receiver or the message is refused for good. That we ourselves are not let in is not the letter's fault, and passes. */
const isFinal = (error: Error): boolean =>
  'code' in error &&
  (error.code === 'EENVELOPE' || error.code === 'EMESSAGE') &&
  'responseCode' in error &&
  Number(error.responseCode) >= 500
