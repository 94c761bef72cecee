import { CommentThread } from '#lib/comments/thread.svelte.ts'
import type { ResultOf, VariablesOf } from '#lib/graph/graphql.ts'
import type { Hub } from '#lib/graph/hub.svelte.ts'
import { Watched } from '#lib/graph/watched.svelte.ts'
import { ClauseQuery } from './documents.ts'
import { clauseVariables } from './read.ts'

/** One clause and what is said about it. */
export class ClausePage {
  readonly id: string
  readonly thread: CommentThread
  readonly #hub: Hub
  readonly #watched: Watched<ResultOf<typeof ClauseQuery>, VariablesOf<typeof ClauseQuery>>

  constructor(hub: Hub, id: string) {
    this.#hub = hub
    this.id = id
    this.#watched = new Watched(hub.graph, ClauseQuery, clauseVariables(id))
    this.thread = new CommentThread(hub.graph, hub.viewer.party.id, { clause: id }, () => this.thing?.comments)
  }

  get thing() {
    const node = this.#watched.data?.node
    return node?.__typename === 'Clause' ? node : null
  }

  get may() {
    return { comment: this.#hub.may.write }
  }
}
