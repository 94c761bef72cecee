import { type Client, createClient } from 'graphql-ws'
import { WebSocket, type ClientOptions } from 'ws'
import { inTime } from './eventually.ts'

/** An entry as a follower is told of it. */
export interface Change {
  readonly cursor: string
  readonly id: string
  readonly kind: string
  readonly at: string
  readonly subjectId: string
  readonly subjectVersion: number
  readonly fields: readonly string[]
  readonly changes: readonly {
    readonly field: string
    readonly from: readonly string[] | null
    readonly to: readonly string[] | null
  }[]
  readonly gone: boolean
  readonly superseded: boolean
  readonly actor: { readonly id: string } | null
  readonly party: { readonly id: string } | null
  readonly subject: ({ readonly __typename: string; readonly id: string } & Record<string, unknown>) | null
}

export interface Batch {
  readonly __typename: 'ChangeBatch'
  readonly cursor: string
  readonly hasMore: boolean
  readonly changes: readonly Change[]
}

export interface Resync {
  readonly __typename: 'Resync'
  readonly reason: string
  readonly cursor: string
}

export const CHANGES = `
  __typename
  ... on ChangeBatch {
    cursor hasMore
    changes {
      cursor id kind at subjectId subjectVersion fields gone superseded
      changes { field from to } actor { id } party { id }
      subject {
        __typename id
        ... on Task { title description state position version audience archivedAt dueOn responsible { id } assignees { id } readers { id } }
        ... on Comment { text version commentAudience: audience withdrawnAt editedAt }
        ... on Member { name title roles version joinedAt removedAt }
        ... on Proposal { title version proposalState: state }
        ... on AgreementVersion { title version versionState: state }
        ... on File { fileName: name version removedAt path }
        ... on ApiKey { keyName: name version expiresAt revokedAt }
        ... on CalendarLink { linkName: name version revokedAt }
        ... on Webhook { hookName: name version hookState: state stop }
        ... on Notification { reason readAt doneAt version }
      }
    }
  }
  ... on Resync { reason cursor }
`
export const FOLLOW = `subscription Follow($after: Cursor, $filter: ChangeFilter) { changes(after: $after, filter: $filter) { ${CHANGES} } }`

export interface SocketHolder {
  readonly origin: string
  readonly cookie: string | undefined
  readonly slug: string | undefined
  /** A program's, that comes without a page. */
  readonly key?: string | undefined
}

/** Header fields of an upgrade as a page of ours sends it, or a program. */
export const upgradeHeaders = ({ origin, cookie, key }: SocketHolder): ClientOptions => ({
  headers: key ? {} : { origin, ...(cookie && { cookie }) },
})

/** A graphql-ws client with the holder's cookie, that never retries by itself. */
export const socketClient = (
  holder: SocketHolder,
  seen: { socket?: (socket: WebSocket) => void; closed?: (code: number) => void } = {},
): Client =>
  createClient({
    url: `${holder.origin.replace('http', 'ws')}/graphql`,
    webSocketImpl: class extends WebSocket {
      constructor(address: string | URL, protocols?: string | string[]) {
        super(address, protocols, upgradeHeaders(holder))
        seen.socket?.(this)
        this.on('close', (code) => seen.closed?.(code))
      }
    },
    connectionParams: holder.key ? { key: holder.key } : { collaboration: holder.slug },
    retryAttempts: 0,
    lazy: true,
    lazyCloseTimeout: 0,
  })

type Told = { readonly changes: Batch | Resync }
const PATIENCE_MS = 10_000

/** One who follows what happens. Remembers all that was told, in the order told. */
export class Following {
  readonly changes: Change[] = []
  readonly batches: Batch[] = []
  resync: Resync | undefined
  /** Where to go on from. */
  cursor: string | undefined
  /** The code with which the socket was closed. */
  readonly closed: Promise<number>
  /** The live socket, to stall or to cut. */
  socket: WebSocket | undefined
  readonly #client: Client
  readonly #ended: Promise<unknown>
  #wake: () => void = () => undefined
  #over = false

  constructor(
    holder: SocketHolder,
    options: { after?: string | undefined; filter?: Record<string, unknown> | undefined; document?: string } = {},
  ) {
    const { document = FOLLOW, after, filter } = options
    this.cursor = after
    let closed: (code: number) => void = () => undefined
    this.closed = new Promise((resolve) => (closed = resolve))
    this.#client = socketClient(holder, { socket: (socket) => (this.socket = socket), closed })
    this.#ended = new Promise<unknown>((ended) => {
      this.#client.subscribe<Told>(
        { query: document, variables: { after, filter } },
        {
          next: ({ data, errors }) => this.#hear(data, errors),
          error: (error) => ended(error),
          complete: () => ended(undefined),
        },
      )
    }).then((reason) => {
      this.#over = true
      this.#wake()
      return reason
    })
  }

  /** The change that fits, among those already told or the first to come. */
  async until(what: string | ((change: Change) => boolean), within = PATIENCE_MS): Promise<Change> {
    const fits = typeof what === 'string' ? ({ kind }: Change) => kind === what : what
    const find = async () => {
      for (;;) {
        const found = this.changes.find(fits)
        if (found) return found
        await this.#more()
      }
    }
    return inTime(
      `a follower is told of ${typeof what === 'string' ? what : 'the change'}; told so far: ${this.kinds.slice(-20).join(' ')}`,
      find(),
      within,
    )
  }

  /** All changes, once so many have been told. */
  async count(number: number, within = PATIENCE_MS): Promise<readonly Change[]> {
    const enough = async () => {
      while (this.changes.length < number) await this.#more()
      return this.changes
    }
    return inTime(`a follower is told of ${number} changes`, enough(), within).catch((error: unknown) => {
      throw new Error(`told of ${this.changes.length}`, { cause: error })
    })
  }

  /** The demand to begin anew. */
  async untilResync(within = PATIENCE_MS): Promise<Resync> {
    const find = async () => {
      while (!this.resync) await this.#more()
      return this.resync
    }
    return inTime('a follower is told to begin anew', find(), within)
  }

  /** Resolves when the subscription is over: to undefined when completed, to the reason otherwise. */
  get over(): Promise<unknown> {
    return inTime('the subscription ends', this.#ended)
  }

  get kinds(): string[] {
    return this.changes.map(({ kind }) => kind)
  }

  /** Cuts the connection without a farewell, as a lost network does. */
  cut(): void {
    this.socket?.terminate()
  }

  async stop(): Promise<void> {
    await this.#client.dispose()
  }

  #hear(data: Told | null | undefined, errors: unknown): void {
    if (errors || !data) throw new Error(`a follower was told of an error: ${JSON.stringify(errors)}`)
    const { changes } = data
    this.cursor = changes.cursor
    if (changes.__typename === 'Resync') this.resync = changes
    else {
      this.batches.push(changes)
      this.changes.push(...changes.changes)
    }
    this.#wake()
  }

  async #more(): Promise<void> {
    if (this.#over) throw new Error('the subscription is over')
    await new Promise<void>((resolve) => (this.#wake = resolve))
  }
}
