import type { Graph } from '#lib/graph/graph.ts'
import { type Status, StatusQuery } from './documents.ts'

const EVERY_MS = 10_000

/** How the hub fares. No event tells of it, so it is asked for again and again, while somebody looks. */
export class Standing {
  #now: Status | null
  #failed = $state(false)
  readonly #graph: Graph

  constructor(graph: Graph, first: Status | null) {
    this.#graph = graph
    this.#now = $state.raw(first)
  }

  /** Null for whoever is not told. */
  get now() {
    return this.#now
  }

  /** The last question was not answered. */
  get failed() {
    return this.#failed
  }

  readonly #ask = async (): Promise<void> => {
    const { data } = await this.#graph.read(StatusQuery, {}, { requestPolicy: 'network-only' })
    this.#failed = data === undefined
    if (data) this.#now = data.hubStatus
  }

  /** Until the returned function is called. */
  look(): () => void {
    const timer = setInterval(() => {
      if (!document.hidden) void this.#ask()
    }, EVERY_MS)
    return () => clearInterval(timer)
  }
}
