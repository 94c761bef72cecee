import { print, type DocumentNode } from 'graphql'
import { createClient, type Client } from 'graphql-ws'
import { WebSocket } from 'ws'
import { patiently, type Patience } from './patience.ts'
import { problemIn, Refused, Unreached } from './refused.ts'

/** A document that says what it is answered with: `graphql(…)` of this package, or any TypedDocumentNode. */
export interface Document<Data, Variables> extends DocumentNode {
  /** Only in the types. */
  readonly __apiType?: (variables: Variables) => Data
}

export interface Address {
  /** Of the hub's GraphQL, for example `https://samsyn.example/graphql`. */
  readonly url: string
  /** The party's key, `samsyn_…`. It opens all that the party reads: for a server of one's own, never for a page. */
  readonly key: string
}

/** How long an answer may take before the hub counts as away, in milliseconds. */
const ANSWER = 30_000
/** Between signs of life on a socket, and how long one may stay away, in milliseconds. */
const [EVERY, WITHIN] = [10_000, 5_000]

/** Guards: one party's way in to one hub, with one key. */
export class Hub {
  readonly #address: Address

  constructor(address: Address) {
    if (!/^https?:/.test(address.url)) throw new TypeError(`not the address of a hub: ${address.url}`)
    this.#address = address
  }

  /**
   * Asks, and asks again, ever more seldom, as long as the hub is away or busy.
   * @throws Refused when it says no for good, and the signal's reason when that is aborted.
   */
  query<Data, Variables>(
    document: Document<Data, Variables>,
    variables?: Variables,
    { signal, onTrouble }: Patience = {},
  ): Promise<Data> {
    return patiently(() => this.#ask(document, variables, signal), { signal, onTrouble })
  }

  async #ask<Data>(document: DocumentNode, variables: unknown, signal: AbortSignal | undefined): Promise<Data> {
    const response = await fetch(this.#address.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/graphql-response+json, application/json',
        authorization: `Bearer ${this.#address.key}`,
      },
      body: JSON.stringify({ query: print(document), variables }),
      signal: AbortSignal.any([AbortSignal.timeout(ANSWER), ...(signal ? [signal] : [])]),
    })
    const said = await response.text()
    const answer = answerIn(said)
    if (answer?.errors) throw problemIn(answer.errors)
    if (answer?.data !== undefined && response.ok) return answer.data as Data
    const message = `${response.status} ${said.slice(0, 500)}`
    if (response.status < 500 && response.status !== 408 && response.status !== 429) throw new Refused(message)
    throw new Unreached(message, Number(response.headers.get('retry-after')) * 1_000 || undefined)
  }

  /** A socket of the graphql-transport-ws protocol, which opens with its first subscription and ends with its last. */
  socket(): Client {
    const { url, key } = this.#address
    let silence: NodeJS.Timeout | undefined
    const client: Client = createClient({
      url: url.replace(/^http/, 'ws'),
      webSocketImpl: WebSocket,
      connectionParams: { key },
      // Who follows knows where it has come, and asks anew from there.
      retryAttempts: 0,
      keepAlive: EVERY,
      on: {
        // A network that is cut says nothing: a hub that does not answer a sign of life is gone.
        ping: (received) => {
          if (!received) silence = setTimeout(() => client.terminate(), WITHIN)
        },
        pong: (received) => {
          if (received) clearTimeout(silence)
        },
        closed: () => clearTimeout(silence),
      },
    })
    return client
  }
}

interface Answer {
  readonly data?: unknown
  readonly errors?: readonly { readonly message: string; readonly extensions?: Record<string, unknown> }[]
}

/** Undefined where something other than the hub answered, a proxy for example. */
const answerIn = (text: string): Answer | undefined => {
  try {
    const answer: unknown = JSON.parse(text)
    return typeof answer === 'object' && answer !== null && ('data' in answer || 'errors' in answer)
      ? (answer as Answer)
      : undefined
  } catch {
    return undefined
  }
}
