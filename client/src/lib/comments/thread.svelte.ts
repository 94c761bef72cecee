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

/** A comment and the answers to it. */
export type Talk = { comment: Comment; answers: readonly Comment[] }

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

  /** Those that answer none, each with the answers to it, all in the order written. */
  get talks(): readonly Talk[] {
    const answers = Map.groupBy(this.comments, (comment) => comment.answers?.id ?? null)
    return (answers.get(null) ?? []).map((comment) => ({ comment, answers: answers.get(comment.id) ?? [] }))
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

  /** `answers` names the comment that this is an answer to. */
  async write(text: string, audience: 'AS_PARENT' | 'OWN', uploads: readonly string[] = [], answers?: string): Promise<Outcome> {
    const more = { ...(answers && { answers }), ...(uploads.length > 0 && { uploads: [...uploads] }) }
    const words = { ...this.#about, ...more, audience, text }
    const done = await act(this.#graph, WriteComment, { id: await mint(this.#party), ...words })
    // What one has just written is shown, and so is all that was written before it.
    for (let loaded = -1; done.ok && this.hasMore && loaded < this.comments.length;) {
      loaded = this.comments.length
      await this.loadMore()
    }
    return done
  }

  edit(id: string, text: string): Promise<Outcome> {
    const baseVersion = this.comments.find((comment) => comment.id === id)?.version ?? 1
    return act(this.#graph, EditComment, { id, baseVersion, text })
  }

  withdraw(id: string): Promise<Outcome> {
    return act(this.#graph, WithdrawComment, { id })
  }
}
