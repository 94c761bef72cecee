import { once } from 'node:events'
import { WebSocket } from 'ws'
import { inTime } from '../world/eventually.ts'
import { FOLLOW, type SocketHolder, upgradeHeaders } from '../world/following.ts'

type Errors = readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[]

export interface Message {
  readonly id?: string
  readonly type: string
  /** Of an answer; or, of what is refused before anything is executed, the errors themselves. */
  readonly payload?: { readonly data?: unknown; readonly errors?: Errors; readonly extensions?: Record<string, unknown> } | Errors
}

/** A connection as the protocol has it, so that also what no client of ours does can be done. */
export class Plain {
  readonly socket: WebSocket
  readonly #told: Message[] = []
  #wake: () => void = () => undefined
  #ids = 0
  readonly #who: SocketHolder
  /** From where each follows. */
  readonly #places: ReadonlyMap<SocketHolder, string>

  constructor(who: SocketHolder, places: ReadonlyMap<SocketHolder, string> = new Map()) {
    this.#who = who
    this.#places = places
    this.socket = new WebSocket(`${who.origin.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', upgradeHeaders(who))
    const payload = who.key ? { key: who.key } : { collaboration: who.slug }
    this.socket.on('open', () => this.#say({ type: 'connection_init', payload }))
    this.socket.on('message', (data: Buffer) => {
      this.#told.push(JSON.parse(data.toString()) as Message)
      this.#wake()
    })
  }

  /** Undefined when it is let in, the code with which it is closed otherwise. */
  readonly refused = async (): Promise<number | undefined> => {
    const closed = once(this.socket, 'close') as Promise<[number]>
    return inTime(
      'a socket is answered',
      Promise.race([this.#first(({ type }) => type === 'connection_ack').then(() => undefined), closed.then(([code]) => code)]),
    )
  }

  /** 'told', or the code of the refusal. */
  follow(id?: string): Promise<string> {
    return this.ask(FOLLOW, { after: this.#places.get(this.#who) }, id)
  }

  async ask(query: string, variables: Record<string, unknown> = {}, id?: string): Promise<string> {
    const { payload } = await this.hear({ query, variables }, id)
    const errors = payload && 'errors' in payload ? payload.errors : payload
    return Array.isArray(errors) ? (errors[0]?.extensions?.code ?? 'wrong') : 'told'
  }

  /** The first message that answers an operation, as it came. */
  async hear(payload: object, id = `${++this.#ids}`): Promise<Message> {
    this.#say({ id, type: 'subscribe', payload })
    const answer = ({ type, id: of }: Message) => of === id && (type === 'next' || type === 'error')
    return inTime('an operation is answered', this.#first(answer))
  }

  /** The same without waiting. */
  sendFollow(id: string): void {
    this.#say({ id, type: 'subscribe', payload: { query: FOLLOW, variables: { after: this.#places.get(this.#who) } } })
  }

  complete(id: string): void {
    this.#say({ id, type: 'complete' })
  }

  async close(): Promise<void> {
    const closed = once(this.socket, 'close')
    this.socket.close()
    await closed
  }

  #say(message: object): void {
    this.socket.send(JSON.stringify(message))
  }

  async #first(fits: (message: Message) => boolean): Promise<Message> {
    for (;;) {
      const index = this.#told.findIndex(fits)
      const [found] = index < 0 ? [] : this.#told.splice(index, 1)
      if (found) return found
      await new Promise<void>((resolve) => {
        const before = this.#wake
        this.#wake = () => (before(), resolve())
      })
    }
  }
}
