import { act } from '#lib/graph/act.ts'
import type { ResultOf, VariablesOf } from '#lib/graph/graphql.ts'
import type { Hub } from '#lib/graph/hub.svelte.ts'
import type { Outcome } from '#lib/graph/outcome.ts'
import type { Mute, Notification } from '#lib/graph/subjects.ts'
import { Watched } from '#lib/graph/watched.svelte.ts'
import {
  FinishNotifications,
  MuteReason,
  MuteThread,
  ReadNotifications,
  ReopenNotifications,
  SnoozeNotifications,
  UnmuteReason,
  UnmuteThread,
  UnreadNotifications,
  WakeNotifications,
} from './acts.ts'
import { InboxQuery } from './documents.ts'
import { inboxVariables, type Show } from './read.ts'
import { Settings } from './settings.svelte.ts'
import type { Thread } from './told.ts'

type Reason = Notification['reason']
type Page = Watched<ResultOf<typeof InboxQuery>, VariablesOf<typeof InboxQuery>>

/** What one is told, newest first, and the ways of being done with it. */
export class Inbox {
  readonly show: Show
  readonly #hub: Hub
  readonly #settings: Settings
  #pages = $state.raw<readonly Page[]>([])

  constructor(hub: Hub, show: Show) {
    this.#hub = hub
    this.show = show
    this.#pages = [new Watched(hub.graph, InboxQuery, inboxVariables(show))]
    this.#settings = new Settings(hub)
  }

  get #lists() {
    return this.#pages.map(({ data }) => data?.viewer?.inbox).filter((list) => list != null)
  }

  get notifications(): readonly Notification[] {
    return this.#lists.flatMap(({ nodes }) => nodes)
  }

  get hasMore() {
    return this.#lists.at(-1)?.pageInfo.hasNextPage ?? false
  }

  /** By whose clock what is put away comes back. */
  get timeZone(): string {
    return this.#settings.now?.timeZone ?? 'Europe/Stockholm'
  }

  get mutes(): readonly Mute[] {
    return this.#settings.now?.mutes ?? []
  }

  async loadMore() {
    const after = this.#lists.at(-1)?.pageInfo.endCursor
    if (!after || !this.hasMore) return
    const variables = inboxVariables(this.show, after)
    await this.#hub.graph.read(InboxQuery, variables)
    this.#pages = [...this.#pages, new Watched(this.#hub.graph, InboxQuery, variables)]
  }

  read = (id: string): Promise<Outcome> => act(this.#hub.graph, ReadNotifications, { ids: [id] })
  unread = (id: string): Promise<Outcome> => act(this.#hub.graph, UnreadNotifications, { ids: [id] })
  finish = (id: string): Promise<Outcome> => act(this.#hub.graph, FinishNotifications, { ids: [id] })
  reopen = (id: string): Promise<Outcome> => act(this.#hub.graph, ReopenNotifications, { ids: [id] })

  snooze = (id: string, until: string): Promise<Outcome> => act(this.#hub.graph, SnoozeNotifications, { ids: [id], until })
  wake = (id: string): Promise<Outcome> => act(this.#hub.graph, WakeNotifications, { ids: [id] })

  /** All that is shown and what is below it; what comes meanwhile stays unread. */
  async readAll(): Promise<Outcome> {
    const [latest] = this.notifications
    return latest ? act(this.#hub.graph, ReadNotifications, { upTo: latest.id }) : { ok: true }
  }

  muteThread = ({ kind, id }: Thread): Promise<Outcome> => act(this.#hub.graph, MuteThread, { [kind]: id })
  unmuteThread = ({ kind, id }: Thread): Promise<Outcome> => act(this.#hub.graph, UnmuteThread, { [kind]: id })
  muteReason = (reason: Reason): Promise<Outcome> => act(this.#hub.graph, MuteReason, { reason })
  unmuteReason = (reason: Reason): Promise<Outcome> => act(this.#hub.graph, UnmuteReason, { reason })
}
