import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Webhook } from 'standardwebhooks'
import { eventually } from './eventually.ts'

/** What came, as it was verified. */
export interface Delivery {
  readonly id: string
  readonly type: string
  readonly timestamp: string
  readonly data: unknown
  /** What was answered. */
  readonly status: number
  readonly headers: IncomingMessage['headers']
  readonly path: string
  readonly body: string
}

/**
 * A receiver of webhooks as somebody else writes it: a real HTTP server that believes nothing but what `standardwebhooks`, by those who
 * wrote the specification, has verified with its secret.
 */
export class Consumer {
  readonly deliveries: Delivery[] = []
  /** Why something was not believed. */
  readonly disbelieved: string[] = []
  /** Each must verify; during a change of secrets there may be two who look. */
  secrets: string[] = []
  /** What is answered; undefined: nothing ever. */
  answer: (delivery: Omit<Delivery, 'status'>) => number | undefined = () => 204
  readonly #server: Server
  #port = 0

  private constructor() {
    this.#server = createServer((request, response) => void this.#take(request, response))
  }

  static async open(): Promise<Consumer> {
    const consumer = new Consumer()
    await consumer.#listen(0)
    return consumer
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}/hook`
  }

  get taken(): Delivery[] {
    return this.deliveries.filter(({ status }) => status < 300)
  }

  /** All that came for those whose address begins like this. */
  bodiesAt(path: string): string[] {
    return this.deliveries.filter((delivery) => delivery.path.startsWith(path)).map(({ body }) => body)
  }

  /** Nobody answers at its address any more. */
  readonly down = async (): Promise<void> => {
    this.#server.closeAllConnections()
    this.#server.close()
    await once(this.#server, 'close')
  }

  readonly up = (): Promise<void> => this.#listen(this.#port)

  /** The first that was taken and is like that. */
  until(what: string, like: (delivery: Delivery) => boolean, within?: number): Promise<Delivery> {
    return eventually(what, () => this.taken.find(like), within)
  }

  async #listen(port: number): Promise<void> {
    this.#server.listen(port, '127.0.0.1')
    await once(this.#server, 'listening')
    this.#port = (this.#server.address() as AddressInfo).port
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = []
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
    const { headers } = request
    const text = Buffer.concat(chunks).toString('utf8')
    try {
      for (const secret of this.secrets) new Webhook(secret).verify(text, headers as Record<string, string>)
    } catch (error) {
      this.disbelieved.push(String(error))
    }
    const { type, timestamp, data } = JSON.parse(text) as Pick<Delivery, 'type' | 'timestamp' | 'data'>
    const delivery = { id: String(headers['webhook-id']), type, timestamp, data, headers, path: request.url ?? '', body: text }
    const status = this.answer(delivery)
    this.deliveries.push({ ...delivery, status: status ?? 999 })
    if (status !== undefined)
      response.writeHead(status, { 'content-type': 'text/plain' }).end(status === 204 ? undefined : `said ${status}`)
  }
}
