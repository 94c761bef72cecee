// Guards: there is one line for an open collaboration, and who one is there is what the server last said.
import { createContext } from 'svelte'
import type { Kept } from '#lib/outbox/kept.ts'
import { openShelf } from '#lib/outbox/shelf.ts'
import type { Language } from '../language/language.ts'
import type { Graph } from './graph.ts'
import { HubQuery, type Collaboration, type HubData, type SeatedViewer } from './hub.document.ts'
import { LiveFeed } from './live.svelte.ts'
import type { Mark } from './marks.svelte.ts'
import type { Member, Party } from './subjects.ts'
import { createListener } from './told.ts'
import { Watched } from './watched.svelte.ts'

type Entered = { graph: Graph; viewer: SeatedViewer; collaboration: Collaboration; cursor: string; personal: string }

/** Only a seat opens a hub; the load function asks this before it shows anything. */
export const entered = (graph: Graph, data: HubData): Entered | null => {
  const { viewer, collaboration, cursor, personalCursor } = data
  if (!viewer?.person || !viewer.member || !viewer.party || !collaboration) return null
  return {
    graph,
    viewer: { ...viewer, person: viewer.person, member: viewer.member, party: viewer.party },
    collaboration,
    cursor,
    personal: personalCursor,
  }
}

/** The open collaboration: who is at the table, who one is there, and whether the line is open. */
export class Hub {
  readonly graph: Graph
  readonly feed: LiveFeed
  readonly #language: Language
  readonly #first: Entered
  readonly #watched: Watched<HubData, Record<string, never>>
  readonly #followWaiting: () => void
  readonly #followOutbox: () => void

  constructor(first: Entered, language: Language, onOver: () => void) {
    const { graph, viewer, collaboration, cursor, personal } = first
    this.graph = graph
    this.#first = first
    this.#language = language
    this.#watched = new Watched(graph, HubQuery, {})
    this.feed = new LiveFeed(graph, { slug: collaboration.slug, cursor, personal, me: viewer.member.id, onOver })
    this.#followWaiting = createListener((update) => graph.onWaiting(update))
    this.#followOutbox = createListener((update) => graph.outbox.onChange(update))
  }

  /** Follows what happens, and goes on with what was left undone, until the returned function is called. Only in a browser. */
  follow() {
    void this.graph.keep(openShelf(`${this.collaboration.id} ${this.viewer.member.id}`))
    return this.feed.follow()
  }

  /** One's own acts without an answer, and those that were not done. */
  get outbox(): { waiting: readonly Kept[]; failed: readonly Kept[]; hurried: boolean } {
    this.#followOutbox()
    const { waiting, failed, hurried } = this.graph.outbox
    return { waiting, failed, hurried }
  }

  get #now(): Entered {
    const { data } = this.#watched
    return (data && entered(this.graph, data)) ?? this.#first
  }

  get viewer(): SeatedViewer {
    return this.#now.viewer
  }

  get collaboration(): Collaboration {
    return this.#now.collaboration
  }

  get parties(): readonly Party[] {
    return this.collaboration.parties
  }

  /** Those who hold a seat now, by name. */
  get members(): readonly Member[] {
    return this.collaboration.members.nodes
  }

  get seats() {
    return this.viewer.seats
  }

  get connection() {
    return this.feed.state
  }

  get marks(): ReadonlyMap<string, Mark> {
    return this.feed.marks.shown
  }

  /** What is in one's inbox and not read. */
  get unread() {
    return this.viewer.unreadCount ?? 0
  }

  /** Changes that wait at the edge while something is held. */
  get waiting() {
    this.#followWaiting()
    return this.graph.waiting
  }

  get today() {
    return this.#language.format.today()
  }

  /** What others have just done, as one sentence or a count. */
  get announcements(): string[] {
    const { events } = this.#language.t
    const { news } = this.feed.marks
    if (news.length > 3) return [events.many(news.length)]
    const words: Readonly<Record<string, string>> = events.kind
    return news.map(({ actor, kind, title }) => events.one(actor?.name ?? events.somebody, words[kind] ?? events.other, title))
  }

  /** By role, only to leave out what would be refused; the server decides. */
  get may() {
    const { roles } = this.viewer.member
    const coordinates = roles.includes('COORDINATOR')
    return { write: coordinates || roles.includes('CONTRIBUTOR'), share: coordinates, members: roles.includes('ADMIN') }
  }

  partyById = (id: string) => this.parties.find((party) => party.id === id)
  memberById = (id: string) => this.members.find((member) => member.id === id)
  retry = () => this.feed.retry()
}

export const [useHub, provideHub] = createContext<() => Hub>()
