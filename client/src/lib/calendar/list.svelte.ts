import { act } from '#lib/graph/act.ts'
import type { ResultOf, VariablesOf } from '#lib/graph/graphql.ts'
import type { Hub } from '#lib/graph/hub.svelte.ts'
import type { Outcome } from '#lib/graph/outcome.ts'
import type { CalendarLink } from '#lib/graph/subjects.ts'
import { Watched } from '#lib/graph/watched.svelte.ts'
import { CalendarQuery, MakeCalendarLink, RevokeCalendarLink } from './documents.ts'

/** The own party's calendar links, those of its members and those of its own. */
export class CalendarLinks {
  readonly #hub: Hub
  readonly #watched: Watched<ResultOf<typeof CalendarQuery>, VariablesOf<typeof CalendarQuery>>

  constructor(hub: Hub) {
    this.#hub = hub
    this.#watched = new Watched(hub.graph, CalendarQuery, {})
  }

  get links(): readonly CalendarLink[] {
    return this.#watched.data?.collaboration?.calendarLinks.nodes ?? []
  }

  /** One's own, and for whoever looks after the party's people any of the party's. */
  mayRevoke({ member }: CalendarLink) {
    return this.#hub.may.members || member?.id === this.#hub.viewer.member.id
  }

  /** The address is told this once. */
  async make(name: string, party: boolean): Promise<Outcome & { url?: string | null }> {
    const done = await act(this.#hub.graph, MakeCalendarLink, { id: crypto.randomUUID(), name, party })
    return done.ok ? { ok: true, url: done.answer.url } : done
  }

  revoke(id: string): Promise<Outcome> {
    return act(this.#hub.graph, RevokeCalendarLink, { id })
  }
}
