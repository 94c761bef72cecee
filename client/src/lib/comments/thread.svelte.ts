import { act } from '#lib/graph/act.ts'
import type { ResultOf, VariablesOf } from '#lib/graph/graphql.ts'
import type { Graph } from '#lib/graph/graph.ts'
import { mint } from '#lib/graph/minted.ts'
import type { Outcome } from '#lib/graph/outcome.ts'
import type { Comment } from '#lib/graph/subjects.ts'
import { Watched } from '#lib/graph/watched.svelte.ts'
import { EditComment, WithdrawComment, WriteComment } from './acts.ts'
import { MoreComments } from './documents.ts'

type Page = { totalCount: number; nodes: readonly Comment[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } }
type Later = Watched<ResultOf<typeof MoreComments>, VariablesOf<typeof MoreComments>>

/** What is spoken about: a task, or a clause of the agreement. */
type About = { task: string } | { clause: string }

const perPage = 50

/** What has been said about a thing, in the order written. The first page comes with the thing. */
export class CommentThread {
  readonly #graph: Graph
  /** Whose words are written here. */
  readonly #party: string
  readonly #about: About
  readonly #first: () => Page | undefined
  #later = $state.raw<readonly Later[]>([])

  constructor(graph: Graph, party: string, about: About, first: () => Page | undefined) {
    this.#graph = graph
    this.#party = party
    this.#about = about
    this.#first = first
  }

  get #pages(): Page[] {
    const later = this.#later.map(({ data }) => {
      const node = data?.node
      return node?.__typename === 'Task' || node?.__typename === 'Clause' ? node.comments : undefined
    })
    return [this.#first(), ...later].filter((page) => page !== undefined)
  }

  get comments(): readonly Comment[] {
    return this.#pages.flatMap(({ nodes }) => nodes)
  }

  get total() {
    return this.#first()?.totalCount ?? 0
  }

  get hasMore() {
    return this.#pages.at(-1)?.pageInfo.hasNextPage ?? false
  }

  async loadMore() {
    const after = this.#pages.at(-1)?.pageInfo.endCursor
    if (!after || !this.hasMore) return
    const id = 'task' in this.#about ? this.#about.task : this.#about.clause
    const variables = { id, first: perPage, after }
    const { data } = await this.#graph.read(MoreComments, variables)
    if (data) this.#later = [...this.#later, new Watched(this.#graph, MoreComments, variables)]
  }

  async write(text: string, audience: 'AS_PARENT' | 'OWN', uploads: readonly string[] = []): Promise<Outcome> {
    const id = await mint(this.#party)
    return act(this.#graph, WriteComment, {
      id,
      ...this.#about,
      audience,
      text,
      ...(uploads.length > 0 && { uploads: [...uploads] }),
    })
  }

  edit(id: string, text: string): Promise<Outcome> {
    const baseVersion = this.comments.find((comment) => comment.id === id)?.version ?? 1
    return act(this.#graph, EditComment, { id, baseVersion, text })
  }

  withdraw(id: string): Promise<Outcome> {
    return act(this.#graph, WithdrawComment, { id })
  }
}
