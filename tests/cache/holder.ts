import { type AnyVariables, formatDocument, stringifyDocument, type TypedDocumentNode } from '@urql/core'
import { Changes, PersonalChanges, type ChangesResult, type PersonalResult } from '../../client/src/lib/graph/changes.ts'
import { Graph } from '../../client/src/lib/graph/graph.ts'
import { HubQuery } from '../../client/src/lib/graph/hub.document.ts'
import { WebhooksQuery } from '../../client/src/lib/webhooks/documents.ts'
import { CalendarQuery } from '../../client/src/lib/calendar/documents.ts'
import { KeysQuery } from '../../client/src/lib/keys/documents.ts'
import { ReferencesQuery } from '../../client/src/lib/references/documents.ts'
import { AllMembersQuery } from '../../client/src/lib/members/documents.ts'
import { InboxQuery, SettingsQuery } from '../../client/src/lib/notifications/documents.ts'
import { inboxVariables, shows } from '../../client/src/lib/notifications/read.ts'
import { OverviewQuery } from '../../client/src/lib/overview/documents.ts'
import { overviewVariables } from '../../client/src/lib/overview/read.ts'
import { BoardQuery, ListQuery, TaskQuery } from '../../client/src/lib/tasks/documents.ts'
import { TaskFilter } from '../../client/src/lib/tasks/filter.ts'
import { boardVariables, listVariables, taskVariables } from '../../client/src/lib/tasks/read.ts'
import { AgreementQuery, ClauseQuery } from './agreement.ts'
import type { Delivered } from './delivered.ts'
import type { Actor } from '../world/actor.ts'

interface Question {
  readonly name: string
  readonly document: TypedDocumentNode<unknown, AnyVariables>
  readonly variables: AnyVariables
}

/** The board and the list under addresses that people really have. */
const ADDRESSES = ['', 'audience=OWN', 'audience=JOINT&audience=SHARED', 'q=skol', 'state=GIVEN&sort=UPDATED_AT', 'sort=TITLE']
const LISTS = [...ADDRESSES, 'sort=DUE_ON', 'archived=true']

const ask = (name: string, document: unknown, variables: AnyVariables): Question => ({
  name,
  document: document as TypedDocumentNode<unknown, AnyVariables>,
  variables,
})

const QUESTIONS: readonly Question[] = [
  ask('hub', HubQuery, {}),
  ask('all members', AllMembersQuery, {}),
  ask('agreement', AgreementQuery, { first: 4 }),
  ask('agreement, all of it', AgreementQuery, { first: 100 }),
  ask('keys', KeysQuery, {}),
  ask('calendar links', CalendarQuery, {}),
  ask('webhooks', WebhooksQuery, {}),
  ...shows.map((show) => ask(`inbox, ${show}`, InboxQuery, inboxVariables(show))),
  ask('how one is told', SettingsQuery, {}),
  ...ADDRESSES.map((address) =>
    ask(`board ?${address}`, BoardQuery, boardVariables(new TaskFilter(new URLSearchParams(address)))),
  ),
  ...LISTS.map((address) =>
    ask(`list ?${address}`, ListQuery, listVariables(new TaskFilter(new URLSearchParams(`view=list&${address}`)))),
  ),
]

/** The pages' own subscription, asked as the query of the same name, whose place in the journal must be told. */
const polling = (document: typeof Changes | typeof PersonalChanges) =>
  stringifyDocument(formatDocument(document)).replace('subscription', 'query').replace('$after: Cursor', '$after: Cursor!')
const POLL = polling(Changes)
const POLL_PERSONAL = polling(PersonalChanges)

/** What moves by itself and is no part of what is shown. */
const withoutCursor = (data: unknown): unknown =>
  typeof data === 'object' && data !== null ? { ...data, cursor: undefined, personalCursor: undefined } : data

/** Somebody's pages, all open at once: the client's own cache, filled once and from then on only by what is told. */
export class Holder {
  readonly actor: Actor
  requests = 0
  /** What it has been told, from both streams, until somebody takes it from here. */
  delivered: Delivered[] = []
  #graph: Graph
  #questions: Question[] = [...QUESTIONS]
  #cursor = ''
  #personal = ''

  constructor(actor: Actor) {
    this.actor = actor
    this.#graph = this.#fresh(() => (this.requests += 1))
    this.#graph.open()
  }

  #fresh(onRequest: () => void): Graph {
    return new Graph({
      url: `${this.actor.origin}/graphql`,
      slug: this.actor.slug ?? '',
      headers: { cookie: this.actor.cookie ?? '', origin: this.actor.origin },
      fetch: (...request) => {
        onRequest()
        return fetch(...request)
      },
    })
  }

  /** Opens every page. */
  async open(): Promise<void> {
    const { cursor, viewer } = await this.actor.query<{ cursor: string; viewer: { party: { id: string } } }>(
      '{ cursor viewer { party { id } } }',
    )
    this.#cursor = cursor
    this.#personal = await this.actor.personalCursor()
    const overview = overviewVariables('2026-01-01T00:00:00.000Z', this.actor.memberId, viewer.party.id)
    this.#questions.push(
      ask('overview', OverviewQuery, overview),
      ask('overview, the first of it', OverviewQuery, { ...overview, entries: 3 }),
    )
    for (const { document, variables } of this.#questions) await this.#read(this.#graph, document, variables)
    this.requests = 0
  }

  /** Opens a task's page too. */
  openTask(id: string): Promise<void> {
    return this.#openToo(ask(`task ${this.#questions.length}`, TaskQuery, taskVariables(id)))
  }

  /** Opens a clause's page too. */
  openClause(id: string): Promise<void> {
    return this.#openToo(ask(`clause ${this.#questions.length}`, ClauseQuery, { id, first: 20 }))
  }

  /** Opens a text that refers to these. */
  openReferences(ids: readonly string[]): Promise<void> {
    return this.#openToo(ask(`references, agreement and tasks ${this.#questions.length}`, ReferencesQuery, { ids }))
  }

  async #openToo(question: Question): Promise<void> {
    const before = this.requests
    await this.#read(this.#graph, question.document, question.variables)
    this.#questions.push(question)
    this.requests = before
  }

  /** Takes in what has happened, as a page does that was away. */
  async catchUp(): Promise<void> {
    await this.#catchUpPersonal()
    let lookAgain = false
    for (let more = true; more;) {
      const { changes } = await this.actor.query<{ changes: ChangesResult }>(POLL, { after: this.#cursor })
      if (changes.__typename !== 'ChangeBatch') throw new Error(`told to look anew: ${changes.reason}`)
      this.delivered.push(...changes.changes)
      this.#graph.apply(changes)
      this.#cursor = changes.cursor
      more = changes.hasMore
      // One more reads all that is joint: the one case in which the pages look again (`live.svelte.ts`).
      lookAgain ||= changes.changes.some(({ kind }) => kind === 'party.admitted')
    }
    if (lookAgain) await this.#lookAgain()
  }

  /** The place in the journal is lost (`live.svelte.ts`): what happened meanwhile will never be told. */
  async lose(): Promise<void> {
    const { cursor } = await this.actor.query<{ cursor: string }>('{ cursor }')
    this.#cursor = cursor
    this.#personal = await this.actor.personalCursor()
    this.#graph.restart()
  }

  /** Every page is opened again, as by somebody who comes back to it. */
  async reopen(): Promise<void> {
    for (const { document, variables } of this.#questions) await this.#read(this.#graph, document, variables)
  }

  /** The same for what only this member is told. */
  async #catchUpPersonal(): Promise<void> {
    for (let more = true; more;) {
      const { changes } = await this.actor.query<{ changes: PersonalResult }>(POLL_PERSONAL, { after: this.#personal })
      if (changes.__typename !== 'ChangeBatch') throw new Error(`told to look anew: ${changes.reason}`)
      this.delivered.push(...changes.changes)
      this.#graph.applyPersonal(changes)
      this.#personal = changes.cursor
      more = changes.hasMore
    }
  }

  async #lookAgain(): Promise<void> {
    const before = this.requests
    for (const { document, variables } of this.#questions)
      await this.#graph.read(document, variables, { requestPolicy: 'network-only' })
    this.requests = before
  }

  /** Each wanted page as it is held, and as a fresh load has it. */
  async pages(wanted: (name: string) => boolean): Promise<{ name: string; held: unknown; fresh: unknown }[]> {
    const other = this.#fresh(() => undefined)
    return Promise.all(
      this.#questions
        .filter(({ name }) => wanted(name))
        .map(async ({ name, document, variables }) => ({
          name,
          held: withoutCursor(this.#graph.peek(document, variables)),
          fresh: withoutCursor(await this.#read(other, document, variables)),
        })),
    )
  }

  async #read(graph: Graph, document: Question['document'], variables: AnyVariables): Promise<unknown> {
    const { data, error } = await graph.read(document, variables)
    if (error) throw error
    return data
  }
}
