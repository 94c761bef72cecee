// Guards: what arrives never goes under an older answer: while one is on its way, or an act is unanswered, changes wait.
//
// One per open collaboration and page, never shared between requests: urql over HTTP, a normalised cache, and a channel for what
// others change. Plain TypeScript; the browser, the server's rendering and the tests hold the same thing.
import { persistedExchange } from '@urql/exchange-persisted'
import { hashOf } from './byHash.ts'
import { Client, createRequest, fetchExchange, type AnyVariables, type OperationResult, type TypedDocumentNode } from '@urql/core'
import { pipe, subscribe, take } from 'wonka'
import { Anew } from './anew.ts'
import { createCache } from './cache.ts'
import { Changes, PersonalChanges, type Change, type ChangeBatch, type PersonalBatch } from './changes.ts'
import { Channel } from './channel.ts'
import { ThreadNames } from './subjects.ts'
import { Outbox } from '#lib/outbox/outbox.ts'
import type { Shelf } from '#lib/outbox/kept.ts'
import { graphql } from './graphql.ts'
import { steady } from './steady.ts'

export const VersionOf = graphql(`
  query VersionOf($id: ID!) {
    node(id: $id) {
      id
      ... on Task {
        version
      }
      ... on Comment {
        version
      }
      ... on Member {
        version
      }
      ... on ApiKey {
        version
      }
      ... on CalendarLink {
        version
      }
      ... on Webhook {
        version
      }
      ... on Notification {
        version
      }
      ... on NotificationSettings {
        version
      }
      ... on File {
        version
      }
    }
  }
`)

/** What a personal batch says of things that the party's stream keeps current. */
export const WordsOf = graphql(
  `
    query WordsOf($id: ID!) {
      node(id: $id) {
        __typename
        ...ThreadTask
        ...ClauseName
        ...ThreadProposal
        ... on Comment {
          id
          text
        }
      }
    }
  `,
  ThreadNames,
)

/** How batches reach the cache: as what these two are answered. Made by the first who follows: they are long, and take longer to print than a page to draw. */
const makeStreams = () => ({ shared: createRequest(Changes, {}), personal: createRequest(PersonalChanges, {}) })
let made: ReturnType<typeof makeStreams> | undefined
const streams = () => (made ??= makeStreams())

/** Never by GET: a cookie comes with an origin, and browsers send none with it. */
const persisted = persistedExchange({ enableForMutation: true, preferGetForPersistedQueries: false, generateHash: hashOf })

type Options = { url: string; slug: string | null; fetch?: typeof fetch; headers?: Record<string, string> }

export class Graph {
  readonly client: Client
  readonly slug: string | null
  readonly outbox = new Outbox()
  readonly #channel = new Channel()
  readonly #anew = new Anew()
  #waiting: ChangeBatch[] = []
  #personal: PersonalBatch[] = []
  #holds = 0
  #lookAgain = false
  readonly #listeners = new Set<() => void>()
  readonly #shown = new Set<() => void>()

  constructor({ url, slug, fetch: base = fetch, headers = {} }: Options) {
    this.slug = slug
    this.client = new Client({
      url,
      exchanges: [this.#anew.exchange, createCache(), this.outbox.exchange, this.#channel.exchange, persisted, fetchExchange],
      preferGetMethod: false,
      fetch: steady(base),
      fetchOptions: { headers: { ...headers, ...(slug ? { 'samsyn-collaboration': slug } : {}) } },
    })
    this.#channel.whenIdle(() => {
      if (this.#lookAgain) {
        this.#lookAgain = false
        this.refresh()
      }
      this.#flush()
    })
    this.outbox.onChange(() => this.#flush())
  }

  /** Opens the way for changes. The server's rendering has no need of it. */
  open() {
    const follow = (request: ReturnType<typeof createRequest>) =>
      pipe(
        this.client.executeSubscription(request),
        subscribe(() => {}),
      ).unsubscribe
    const { shared, personal } = streams()
    const ends = [follow(shared), follow(personal)]
    return () => ends.forEach((end) => end())
  }

  /** From here on acts outlive the page; what an earlier page left behind is done. */
  keep(shelf: Shelf | null) {
    return this.outbox.open(shelf, (request) => {
      pipe(
        this.client.executeMutation(request),
        take(1),
        subscribe(() => {}),
      )
    })
  }

  read<Data, Variables extends AnyVariables>(
    document: TypedDocumentNode<Data, Variables>,
    variables: Variables,
    context: { fetch?: typeof fetch; requestPolicy?: 'cache-first' | 'network-only' } = {},
  ): Promise<OperationResult<Data, Variables>> {
    return this.client.query(document, variables, context).toPromise()
  }

  /** What the cache has, without asking anybody. */
  peek<Data, Variables extends AnyVariables>(
    document: TypedDocumentNode<Data, Variables>,
    variables: Variables,
  ): Data | undefined {
    return this.client.readQuery(document, variables, { requestPolicy: 'cache-only' })?.data ?? undefined
  }

  /** Changes that have arrived and not yet been shown. */
  get waiting() {
    return this.#waiting.reduce((sum, { changes }) => sum + changes.length, 0)
  }

  onWaiting(run: () => void) {
    this.#listeners.add(run)
    return () => this.#listeners.delete(run)
  }

  /** While held, changes wait at the edge: nothing moves under the hand of someone who drags or types. */
  hold() {
    this.#holds++
    let held = true
    return () => {
      if (!held) return
      held = false
      this.#holds--
      this.#flush()
    }
  }

  /** Shows what waits, though somebody still holds. */
  show() {
    this.#flush(true)
  }

  /** The same for what only the member is told. It moves nothing under anybody's hand, so nothing holds it. */
  applyPersonal(batch: PersonalBatch) {
    this.#personal.push(batch)
    this.#flush()
  }

  /**
   * Takes a batch in. While an answer is in flight it waits, because that answer may have been read before the change and would
   * overwrite it; applied afterwards it is either news or the same again, and both are harmless.
   */
  apply(batch: ChangeBatch) {
    this.#waiting.push(batch)
    this.#flush()
  }

  /**
   * Asks anew for everything that is shown. Nothing is asked twice at a time: where an answer is on its way already, which may be older
   * than whatever made us ask, all is asked once more after it.
   */
  refresh() {
    this.#lookAgain ||= this.#channel.busy
    for (const refetch of this.#shown) refetch()
  }

  /** The same for all that was ever read: it could not be followed, so what waits is worthless too. */
  restart() {
    this.#waiting = []
    this.#personal = []
    this.#anew.begin()
    this.refresh()
  }

  /** A query on the page tells how to ask again. */
  showing(refetch: () => void) {
    this.#shown.add(refetch)
    return () => this.#shown.delete(refetch)
  }

  #flush(anyway = false) {
    if (this.#channel.busy || this.outbox.owes) return this.#tell()
    const own = this.#personal
    this.#personal = []
    for (const batch of own)
      this.#channel.push(streams().personal.key, {
        ...batch,
        changes: batch.changes.map((change) => this.#newest({ ...change, subject: this.#asKnown(change.subject) })),
      })
    if (anyway || this.#holds === 0) {
      const batches = this.#waiting
      this.#waiting = []
      for (const batch of batches)
        this.#channel.push(streams().shared.key, { ...batch, changes: batch.changes.map((change) => this.#newest(change)) })
    }
    this.#tell()
  }

  #tell() {
    for (const run of this.#listeners) run()
  }

  /** Two streams, no order between them: what is known of a thing beside the subject stands, and only what is not known is news. */
  #asKnown<Subject extends object | null>(subject: Subject): Subject {
    if (!subject) return subject
    const known = (one: unknown): unknown => {
      if (Array.isArray(one)) return one.map((each: unknown) => (typeof each === 'object' ? this.#asKnown(each) : each))
      if (typeof one !== 'object' || one === null || !('id' in one) || typeof one.id !== 'string') return one
      return { ...one, ...this.peek(WordsOf, { id: one.id })?.node }
    }
    return Object.fromEntries(Object.entries(subject).map(([part, one]: [string, unknown]) => [part, known(one)])) as Subject
  }

  /** A subject older than what the cache has (a later answer was quicker) says nothing new. */
  #newest<Told extends Pick<Change, 'superseded'> & { subject: { id: string; version?: number } | null }>(change: Told): Told {
    const { subject } = change
    if (subject?.version === undefined) return change
    const known = this.peek(VersionOf, { id: subject.id })?.node
    return known && 'version' in known && known.version > subject.version
      ? { ...change, subject: null, superseded: true }
      : change
  }
}
