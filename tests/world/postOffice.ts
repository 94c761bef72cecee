import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { simpleParser, type ParsedMail } from 'mailparser'
import { SMTPServer, type SMTPServerDataStream } from 'smtp-server'
import { eventually } from './eventually.ts'

/** A mail as it came: whose mailbox, and what stands in it. */
export interface Arrived {
  readonly to: string
  readonly id: string
  readonly subject: string
  readonly text: string
  readonly html: string
  readonly mail: ParsedMail
}

/** A real SMTP server, which keeps what it is given. It can be told to refuse, and to take its time. */
export class PostOffice {
  readonly arrived: Arrived[] = []
  /** What is answered to a recipient instead of taking the mail: 451 is tried again, 550 is not. */
  refusing: ((address: string) => 451 | 550 | undefined) | undefined
  /** Held back: sent to us, and neither taken nor refused until then. */
  #held: PromiseWithResolvers<void> | undefined
  readonly #server: SMTPServer

  private constructor() {
    this.#server = new SMTPServer({
      disabledCommands: ['AUTH', 'STARTTLS'],
      disableReverseLookup: true,
      onRcptTo: ({ address }, _session, done) => {
        const code = this.refusing?.(address)
        done(code ? Object.assign(new Error('not now'), { responseCode: code }) : null)
      },
      onData: (stream, { envelope }, done) => {
        void this.#take(stream, envelope.rcptTo, done)
      },
    })
    // Whoever is killed while sending leaves a broken line.
    this.#server.on('error', () => undefined)
  }

  async #take(
    stream: SMTPServerDataStream,
    recipients: readonly { readonly address: string }[],
    done: (error?: Error) => void,
  ): Promise<void> {
    try {
      const mail = await simpleParser(stream, { skipTextToHtml: true })
      await this.#held?.promise
      const { messageId: id = '', subject = '', text = '', html } = mail
      for (const { address: to } of recipients) this.arrived.push({ to, id, subject, text, html: html || '', mail })
      done()
    } catch (error) {
      done(error instanceof Error ? error : new Error('not a mail'))
    }
  }

  static async open(): Promise<PostOffice> {
    const office = new PostOffice()
    const listening = office.#server.listen(0, '127.0.0.1')
    await once(listening, 'listening')
    return office
  }

  /** The settings of a server that sends through it. */
  get settings(): { readonly SMTP_URL: string; readonly MAIL_FROM: string } {
    const { port } = this.#server.server.address() as AddressInfo
    return { SMTP_URL: `smtp://127.0.0.1:${port}`, MAIL_FROM: 'Samsyn <samsyn@samsyn.example>' }
  }

  /** From now on nothing is taken, until the returned function is called. */
  hold(): () => void {
    const held = Promise.withResolvers<void>()
    this.#held = held
    return () => {
      this.#held = undefined
      held.resolve()
    }
  }

  /** In somebody's mailbox. */
  for(address: string): Arrived[] {
    return this.arrived.filter(({ to }) => to === address)
  }

  /** The first mail of that subject in somebody's mailbox, once it is there. */
  async mail(address: string, subject: string, within?: number): Promise<Arrived> {
    const found = () => this.for(address).find((one) => one.subject === subject)
    return eventually(`a mail to ${address}: ${subject}`, found, within)
  }

  close(): Promise<void> {
    return new Promise((closed) => this.#server.close(closed))
  }
}
