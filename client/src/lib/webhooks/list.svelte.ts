import { act } from '#lib/graph/act.ts'
import type { ResultOf, VariablesOf } from '#lib/graph/graphql.ts'
import type { Hub } from '#lib/graph/hub.svelte.ts'
import type { Outcome } from '#lib/graph/outcome.ts'
import type { Webhook } from '#lib/graph/subjects.ts'
import { Watched } from '#lib/graph/watched.svelte.ts'
import {
  ChangeWebhookSecret,
  EditWebhook,
  MakeWebhook,
  PauseWebhook,
  RemoveWebhook,
  ReplayWebhook,
  ResumeWebhook,
  SendingKeysQuery,
  TestWebhook,
  WebhooksQuery,
} from './documents.ts'

export type Wish = { name: string; url: string; key: string; document: string }
export type Edit = Partial<Pick<Wish, 'name' | 'url' | 'document'>>
export type Shown = Outcome & { secret?: string | null }

/** The own party's webhooks. An administrator makes and changes them. */
export class WebhookList {
  readonly #hub: Hub
  readonly #watched: Watched<ResultOf<typeof WebhooksQuery>, VariablesOf<typeof WebhooksQuery>>
  readonly #keys: Watched<ResultOf<typeof SendingKeysQuery>, VariablesOf<typeof SendingKeysQuery>>

  constructor(hub: Hub) {
    this.#hub = hub
    this.#watched = new Watched(hub.graph, WebhooksQuery, {})
    this.#keys = new Watched(hub.graph, SendingKeysQuery, {})
  }

  get webhooks(): readonly Webhook[] {
    return this.#watched.data?.collaboration?.webhooks.nodes ?? []
  }

  /** With whose access one may be made. */
  get keys(): readonly { id: string; name: string }[] {
    const keys = this.#keys.data?.collaboration?.keys.nodes ?? []
    return keys.filter(({ revokedAt, expiresAt }) => revokedAt === null && expiresAt.slice(0, 10) >= this.#hub.today)
  }

  /** What it signs with is told this once. */
  async make(wish: Wish): Promise<Shown> {
    const done = await act(this.#hub.graph, MakeWebhook, { id: crypto.randomUUID(), ...wish })
    return done.ok ? { ok: true, secret: done.answer.secret } : done
  }

  async change(id: string): Promise<Shown> {
    const done = await act(this.#hub.graph, ChangeWebhookSecret, { id })
    return done.ok ? { ok: true, secret: done.answer.secret } : done
  }

  edit = (id: string, baseVersion: number, edit: Edit): Promise<Outcome> =>
    act(this.#hub.graph, EditWebhook, { id, baseVersion, ...edit })
  pause = (id: string): Promise<Outcome> => act(this.#hub.graph, PauseWebhook, { id })
  resume = (id: string): Promise<Outcome> => act(this.#hub.graph, ResumeWebhook, { id })
  test = (id: string): Promise<Outcome> => act(this.#hub.graph, TestWebhook, { id })
  remove = (id: string): Promise<Outcome> => act(this.#hub.graph, RemoveWebhook, { id })
  /** From there, or from the beginning. */
  replay = (id: string, after?: string): Promise<Outcome> =>
    act(this.#hub.graph, ReplayWebhook, { id, ...(after !== undefined && { after }) })
}
