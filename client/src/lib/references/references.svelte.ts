// What texts refer to, asked for together and kept true by the cache: a task that is shared or gets another title shows it wherever
// it is referred to.
import { untrack } from 'svelte'
import type { Graph } from '#lib/graph/graph.ts'
import type { ResultOf, VariablesOf } from '#lib/graph/graphql.ts'
import { Watched } from '#lib/graph/watched.svelte.ts'
import { ReferencesQuery, type Reference } from './documents.ts'
import { referencesIn } from './forms.ts'

const atOnce = 50

type Batch = {
  ids: readonly string[]
  answer: Watched<ResultOf<typeof ReferencesQuery>, VariablesOf<typeof ReferencesQuery>>
}

class References {
  readonly #graph: Graph
  readonly #asked = new Set<string>()
  #batches = $state.raw<readonly Batch[]>([])

  constructor(graph: Graph) {
    this.#graph = graph
  }

  /** What these texts refer to, before they are drawn. What does not come in time comes when they are shown. */
  async read(texts: readonly string[], fetch?: typeof globalThis.fetch): Promise<void> {
    const news = this.#new(texts)
    await Promise.all(news.map((ids) => this.#graph.read(ReferencesQuery, { ids }, { fetch })))
    this.#take(news)
  }

  /** A text is shown: whatever it refers to is followed. */
  want(text: string) {
    const news = this.#new([text])
    if (news.length > 0) this.#take(news)
  }

  /** Null when there is no such thing, or none that one may know of; undefined until that is known. */
  find(id: string): Reference | null | undefined {
    const batch = this.#batches.find(({ ids }) => ids.includes(id))
    const found = batch?.answer.data?.nodes[batch.ids.indexOf(id)]
    return found === undefined || found === null || found.__typename === 'Task' || found.__typename === 'Clause' ? found : null
  }

  #new(texts: readonly string[]): string[][] {
    const ids = [...new Set(texts.flatMap(referencesIn))].filter((id) => !this.#asked.has(id))
    for (const id of ids) this.#asked.add(id)
    return Array.from({ length: Math.ceil(ids.length / atOnce) }, (_, part) => ids.slice(part * atOnce, (part + 1) * atOnce))
  }

  #take(parts: readonly string[][]) {
    const batches = parts.map((ids) => ({ ids, answer: new Watched(this.#graph, ReferencesQuery, { ids }) }))
    this.#batches = [...untrack(() => this.#batches), ...batches]
  }
}

const known = new WeakMap<Graph, References>()

/** One for each open collaboration. */
export const referencesOf = (graph: Graph): References => {
  const references = known.get(graph) ?? new References(graph)
  known.set(graph, references)
  return references
}
