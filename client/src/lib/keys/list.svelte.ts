import { act } from '#lib/graph/act.ts'
import type { ResultOf, VariablesOf } from '#lib/graph/graphql.ts'
import type { Hub } from '#lib/graph/hub.svelte.ts'
import type { Outcome } from '#lib/graph/outcome.ts'
import type { Key } from '#lib/graph/subjects.ts'
import { Watched } from '#lib/graph/watched.svelte.ts'
import { EndFormerKey, KeysQuery, MakeKey, RevokeKey, RotateKey } from './documents.ts'

/** What is asked of a new key. */
export interface Wish {
  readonly name: string
  readonly days: number
  readonly slices: Key['slices']
}

export type Shown = Outcome & { secret?: string | null }

/** The own party's keys. An administrator makes, replaces and revokes them. */
export class KeyList {
  readonly #hub: Hub
  readonly #watched: Watched<ResultOf<typeof KeysQuery>, VariablesOf<typeof KeysQuery>>

  constructor(hub: Hub) {
    this.#hub = hub
    this.#watched = new Watched(hub.graph, KeysQuery, {})
  }

  get keys(): readonly Key[] {
    return this.#watched.data?.collaboration?.keys.nodes ?? []
  }

  /** What a program may ask of this server. */
  get limits() {
    return this.#watched.data?.limits ?? null
  }

  /** What a program shows is told this once. */
  async make(wish: Wish): Promise<Shown> {
    const done = await act(this.#hub.graph, MakeKey, { id: crypto.randomUUID(), ...wish })
    return done.ok ? { ok: true, secret: done.answer.secret } : done
  }

  /** So is what it shows instead. Without days it holds for as long as it would have. */
  async rotate(id: string, overlapHours: number, days: number | null): Promise<Shown> {
    const done = await act(this.#hub.graph, RotateKey, { id, overlapHours, days })
    return done.ok ? { ok: true, secret: done.answer.secret } : done
  }

  endFormer(id: string): Promise<Outcome> {
    return act(this.#hub.graph, EndFormerKey, { id })
  }

  revoke(id: string): Promise<Outcome> {
    return act(this.#hub.graph, RevokeKey, { id })
  }
}
