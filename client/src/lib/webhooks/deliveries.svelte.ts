import type { ResultOf } from '#lib/graph/graphql.ts'
import type { Graph } from '#lib/graph/graph.ts'
import { DeliveriesQuery } from './documents.ts'

type Node = Extract<NonNullable<ResultOf<typeof DeliveriesQuery>['node']>, { __typename: 'Webhook' }>

const EVERY_MS = 2_000

/** How it goes with a webhook. No event tells of it, so it is asked for again and again, while somebody looks. */
export class Deliveries {
  #now: Node | null = $state.raw(null)
  #failed = $state(false)
  readonly #graph: Graph
  readonly #id: string

  constructor(graph: Graph, id: string) {
    this.#graph = graph
    this.#id = id
  }

  get now() {
    return this.#now
  }

  get failed() {
    return this.#failed
  }

  readonly ask = async (): Promise<void> => {
    const { data } = await this.#graph.read(DeliveriesQuery, { id: this.#id }, { requestPolicy: 'network-only' })
    this.#failed = data?.node?.__typename !== 'Webhook'
    if (data?.node?.__typename === 'Webhook') this.#now = data.node
  }

  /** Until the returned function is called. */
  look(): () => void {
    void this.ask()
    const timer = setInterval(() => {
      if (!document.hidden) void this.ask()
    }, EVERY_MS)
    return () => clearInterval(timer)
  }
}
