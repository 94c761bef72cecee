// Guards: what is shown is what the cache has, for as long as it is shown.
import { createRequest, type AnyVariables, type TypedDocumentNode } from '@urql/core'
import { pipe, subscribe } from 'wonka'
import type { Graph } from './graph.ts'
import { createListener } from './told.ts'

/**
 * A query that stays true: reading `data` in markup or an effect follows the cache for as long as it is shown. What has been shown
 * stays until something newer is known.
 */
export class Watched<Data, Variables extends AnyVariables> {
  #data: Data | undefined
  readonly #follow: () => void

  constructor(graph: Graph, document: TypedDocumentNode<Data, Variables>, variables: Variables) {
    this.#data = graph.peek(document, variables)
    this.#follow = createListener((update) => {
      let starting = true
      const request = createRequest(document, variables)
      const forget = graph.showing(() => void graph.read(document, variables, { requestPolicy: 'network-only' }))
      const { unsubscribe } = pipe(
        graph.client.executeQuery(request),
        subscribe(({ data }) => {
          if (!data || data === this.#data) return
          this.#data = data
          // The cache answers at once while the page is being drawn; only what comes later is news.
          if (!starting) update()
        }),
      )
      starting = false
      return () => {
        forget()
        unsubscribe()
      }
    })
  }

  get data(): Data | undefined {
    this.#follow()
    return this.#data
  }
}
