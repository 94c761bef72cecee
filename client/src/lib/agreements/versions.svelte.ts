import { act } from '#lib/graph/act.ts'
import type { ResultOf, VariablesOf } from '#lib/graph/graphql.ts'
import type { Hub } from '#lib/graph/hub.svelte.ts'
import type { Outcome } from '#lib/graph/outcome.ts'
import { Watched } from '#lib/graph/watched.svelte.ts'
import { SignVersion } from './acts.ts'
import { CompareQuery, VersionsQuery, type Comparison, type Version } from './documents.ts'
import { versionsVariables } from './read.ts'

/** Every version there has been, newest first, and two of them side by side. */
export class Versions {
  readonly #hub: Hub
  readonly #watched: Watched<ResultOf<typeof VersionsQuery>, VariablesOf<typeof VersionsQuery>>
  readonly #compared: Watched<ResultOf<typeof CompareQuery>, VariablesOf<typeof CompareQuery>> | undefined

  constructor(hub: Hub, pair: { from: string; to: string } | null) {
    this.#hub = hub
    this.#watched = new Watched(hub.graph, VersionsQuery, versionsVariables)
    if (pair) this.#compared = new Watched(hub.graph, CompareQuery, pair)
  }

  get #agreement() {
    return this.#watched.data?.collaboration?.agreement ?? null
  }

  get provenance() {
    return this.#agreement?.provenance ?? null
  }

  get title() {
    return this.#agreement?.title ?? ''
  }

  get all(): readonly Version[] {
    return this.#agreement?.versions.nodes ?? []
  }

  numbered(number: number) {
    return this.all.find((version) => version.number === number) ?? null
  }

  get comparison(): readonly Comparison[] {
    const node = this.#compared?.data?.node
    return node?.__typename === 'AgreementVersion' ? node.compare : []
  }

  /** Signs exactly the text that was shown. Not before the server has answered. */
  async sign({ id, hash }: Version): Promise<Outcome> {
    const outcome = await act(this.#hub.graph, SignVersion, { id, hash })
    // With the last signature another version is in force, on every page.
    if (outcome.ok) this.#hub.graph.refresh()
    return outcome
  }
}
