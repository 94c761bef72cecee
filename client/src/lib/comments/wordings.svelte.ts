import type { Graph } from '#lib/graph/graph.ts'
import type { ResultOf, VariablesOf } from '#lib/graph/graphql.ts'
import { problemOfError, type Problem } from '#lib/graph/outcome.ts'
import { Watched } from '#lib/graph/watched.svelte.ts'
import { WordingsQuery } from './documents.ts'

type Page = Watched<ResultOf<typeof WordingsQuery>, VariablesOf<typeof WordingsQuery>>

/** What a comment has said, latest first; more as one asks for it. */
export class Wordings {
  readonly #graph: Graph
  readonly #id: string
  #pages = $state.raw<readonly Page[]>([])
  #problem = $state.raw<Problem | null>(null)

  constructor(graph: Graph, id: string) {
    this.#graph = graph
    this.#id = id
    this.#pages = [new Watched(graph, WordingsQuery, { id, after: null })]
    void graph.read(WordingsQuery, { id, after: null }).then(({ error }) => {
      this.#problem = error ? problemOfError(error) : null
    })
  }

  /** Why there is nothing to show, when it could not be fetched. */
  get problem() {
    return this.#problem
  }

  get #loaded() {
    return this.#pages
      .map(({ data }) => (data?.node?.__typename === 'Comment' ? data.node.wordings : undefined))
      .filter((page) => page !== undefined)
  }

  get all() {
    return this.#loaded.flatMap(({ nodes }) => nodes)
  }

  get coming() {
    return this.#loaded.length === 0
  }

  get hasMore() {
    return this.#loaded.at(-1)?.pageInfo.hasNextPage ?? false
  }

  async loadMore() {
    const after = this.#loaded.at(-1)?.pageInfo.endCursor
    if (!after || !this.hasMore) return
    const variables = { id: this.#id, after }
    const { data } = await this.#graph.read(WordingsQuery, variables)
    if (data) this.#pages = [...this.#pages, new Watched(this.#graph, WordingsQuery, variables)]
  }
}
