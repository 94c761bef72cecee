import type { Client } from 'graphql-ws'
import type { WebSocket } from 'ws'
import { type SocketHolder, socketClient } from '../world/following.ts'

const FOLLOW = `subscription ($after: Cursor) {
  changes(after: $after) { ... on ChangeBatch { cursor changes { id changes { field to } } } ... on Resync { cursor } }
}`

interface Told {
  readonly changes: { readonly cursor: string; readonly changes?: readonly { readonly id: string }[] }
}

/** One who is told much and remembers only of what. */
export class Listener {
  readonly ids: string[] = []
  /** Where to go on from. */
  cursor: string
  socket: WebSocket | undefined
  /** Resolves when nothing more will be told. */
  readonly over: Promise<void>
  readonly #client: Client
  #wake: () => void = () => undefined

  constructor(who: SocketHolder, after: string) {
    this.cursor = after
    this.#client = socketClient(who, { socket: (socket) => (this.socket = socket) })
    this.over = new Promise((ended) => {
      this.#client.subscribe<Told>(
        { query: FOLLOW, variables: { after } },
        { next: ({ data }) => data && this.#hear(data), error: () => ended(), complete: ended },
      )
    })
  }

  /** Resolves once so many have been told. Asked for once at a time. */
  async count(number: number): Promise<void> {
    while (this.ids.length < number) await new Promise<void>((resolve) => (this.#wake = resolve))
  }

  async stop(): Promise<void> {
    await this.#client.dispose()
  }

  #hear({ changes: { cursor, changes = [] } }: Told): void {
    this.cursor = cursor
    this.ids.push(...changes.map(({ id }) => id))
    this.#wake()
  }
}
