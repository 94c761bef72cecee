import type { Client } from 'graphql-ws'
import { inTime } from './eventually.ts'
import { Following, socketClient } from './following.ts'
import type { ServerProcess } from './serverProcess.ts'
import { type Answer, Visitor } from './visitor.ts'

/** A seat as the demo's door lists it. */
export interface Seat {
  readonly memberId: string
  readonly name: string
  readonly title: string
  readonly party: string
  readonly mark: string
  readonly roles: readonly string[]
  readonly slug: string
}

export const globalId = (type: string, id: string): string => btoa(`${type}:${id}`)
export const uuidOf = (global: string): string => atob(global).replace(/^\w+:/, '')
export const mint = (): string => crypto.randomUUID()

/** What a mutation answered: the member of its result union, as it came. */
export type Outcome = { readonly __typename: string } & Record<string, unknown>

/** Somebody of the cast, signed in. */
export class Actor extends Visitor {
  readonly seat: Seat

  constructor(server: ServerProcess, cookie: string, seat: Seat) {
    super(server, cookie, seat.slug)
    this.seat = seat
  }

  /** Global id of the actor's seat. */
  get memberId(): string {
    return globalId('Member', this.seat.memberId)
  }

  /** The only field of a mutation, as answered. Fails on top-level errors. */
  async mutate(document: string, variables: Record<string, unknown> = {}): Promise<Outcome> {
    const [outcome] = Object.values(await this.query<Record<string, Outcome>>(document, variables))
    if (!outcome) throw new Error('the mutation answered nothing')
    return outcome
  }

  /** The same as `ask`, through the live door. */
  async askLive<Data = Record<string, unknown>>(
    document: string,
    variables: Record<string, unknown> = {},
  ): Promise<Omit<Answer<Data>, 'status'>> {
    const client = socketClient(this)
    try {
      return await inTime('the live door answers', execute<Data>(client, document, variables))
    } finally {
      await client.dispose()
    }
  }

  /** Follows what happens: from `after`, or from now. */
  follow(options: { after?: string | undefined; filter?: Record<string, unknown> } = {}): Following {
    return new Following(this, options)
  }

  /** Where the journal is now. */
  async cursor(): Promise<string> {
    return (await this.query<{ cursor: string }>('{ cursor }')).cursor
  }

  /** Where the member's own stream is now. */
  async personalCursor(): Promise<string> {
    return (await this.query<{ personalCursor: string }>('{ personalCursor }')).personalCursor
  }

  /** Follows from a cursor taken now, so that nothing that happens after this call is missed. */
  async followFromNow(filter?: Record<string, unknown>): Promise<Following> {
    return new Following(this, { after: await this.cursor(), filter })
  }
}

const execute = <Data>(
  client: Client,
  query: string,
  variables: Record<string, unknown>,
): Promise<Omit<Answer<Data>, 'status'>> =>
  new Promise((answered, failed) => {
    client.subscribe<Data, Record<string, unknown>>(
      { query, variables },
      {
        next: ({ data, errors }) => answered({ data, errors: errors as Answer['errors'] }),
        // Errors before execution come as a list; anything else is a broken connection.
        error: (error) =>
          Array.isArray(error) ? answered({ data: undefined, errors: error as Answer['errors'] }) : failed(error),
        complete: () => undefined,
      },
    )
  })
