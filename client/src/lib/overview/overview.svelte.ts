import type { ResultOf, VariablesOf } from '#lib/graph/graphql.ts'
import type { Hub } from '#lib/graph/hub.svelte.ts'
import { uuidOf } from '#lib/graph/ids.ts'
import { Watched } from '#lib/graph/watched.svelte.ts'
import { Addresses } from '#lib/agreements/address.ts'
import { OverviewQuery, type Agreement, type TaskRow } from './documents.ts'
import { filtersFor, overviewVariables, weekBefore } from './read.ts'
import { gather, partiesOf, type Thing } from './things.ts'

/** So long before its day a task is soon due. */
const soon = 14

/** Something that does not get further without the own party. */
export type Awaited =
  | { kind: 'sign'; id: string; number: number; href: string }
  | { kind: 'answer'; id: string; title: string; href: string }
  | { kind: 'approve' | 'begin'; id: string; task: TaskRow; href: string }

/** The first room: what is new, what waits, what is mine and what is soon due. */
export class Overview {
  readonly since: string
  /** Never here before: then the last days stand in for what is new. */
  readonly first: boolean
  readonly at: Addresses
  readonly #hub: Hub
  readonly #watched: Watched<ResultOf<typeof OverviewQuery>, VariablesOf<typeof OverviewQuery>>

  constructor(hub: Hub, lastVisit: string | null) {
    const { member, party } = hub.viewer
    this.#hub = hub
    this.first = lastVisit === null
    this.since = lastVisit ?? weekBefore(hub.today)
    this.at = new Addresses(hub.collaboration.slug)
    this.#watched = new Watched(hub.graph, OverviewQuery, overviewVariables(this.since, member.id, party.id))
  }

  get #now() {
    return this.#watched.data?.collaboration ?? null
  }

  /** Not here yet: another visit has begun and is being asked for. */
  get coming() {
    return this.#now === null
  }

  get #happenings() {
    return this.#now?.activity.nodes ?? []
  }

  /** What others did since, by thing. */
  changes(party: string | null) {
    return gather(this.#happenings, this.#hub.viewer.member.id, party)
  }

  get parties() {
    return partiesOf(this.#happenings, this.#hub.viewer.member.id)
  }

  /** More happened than is told here. */
  get more() {
    return this.#now?.activity.pageInfo.hasNextPage ?? false
  }

  get mine(): readonly TaskRow[] {
    return this.#now?.mine.nodes ?? []
  }

  /** The own party's tasks whose day has passed or is near. */
  get due(): readonly TaskRow[] {
    const end = new Date(Date.parse(this.#hub.today) + soon * 86_400_000).toISOString().slice(0, 10)
    return this.#now?.due.nodes.filter(({ dueOn }) => dueOn !== null && dueOn <= end) ?? []
  }

  /** The gravest first: signatures, answers, the others' deliveries, what has not begun. */
  get awaited(): readonly Awaited[] {
    const now = this.#now
    const { party } = this.#hub.viewer
    if (!now) return []
    const mine = ({ id }: { id: string }) => id === party.id
    const { latest, proposals } = now.agreement ?? { latest: null, proposals: { nodes: [] } }
    const awaitsUs = latest?.state === 'AWAITING_SIGNATURES' && latest.awaiting.some(mine)
    const deliveries = party.role === 'GUEST' ? [] : now.delivered.nodes.filter(({ responsible }) => !responsible.some(mine))
    const tasks = (kind: 'approve' | 'begin', rows: readonly TaskRow[]): Awaited[] =>
      rows.map((task) => ({ kind, id: task.id, task, href: this.task(task.id) }))
    return [
      ...(awaitsUs ? [{ kind: 'sign' as const, id: latest.id, number: latest.number, href: this.at.sign(latest.number) }] : []),
      ...proposals.nodes
        .filter(({ awaiting }) => awaiting.some(mine))
        .map(({ id, title }) => ({ kind: 'answer' as const, id, title, href: this.at.proposal(id) })),
      ...tasks('approve', deliveries),
      ...tasks('begin', now.given.nodes),
    ]
  }

  get agreement(): Agreement | null {
    return this.#now?.agreement ?? null
  }

  get #room() {
    return `/c/${this.#hub.collaboration.slug}`
  }

  task = (id: string) => `${this.#room}/tasks/${uuidOf(id)}`

  get tasks() {
    return `${this.#room}/tasks`
  }

  /** Where all of a list is. */
  all(list: keyof ReturnType<typeof filtersFor>) {
    const { member, party } = this.#hub.viewer
    return `${this.tasks}${filtersFor(member.id, party.id)[list].with({})}`
  }

  href(thing: Thing) {
    switch (thing.kind) {
      case 'task':
        return this.task(thing.id)
      case 'clause':
        return this.at.clause(thing.id)
      case 'proposal':
        return this.at.proposal(thing.id)
      case 'version':
        return this.at.versions
      case 'key':
      case 'webhook':
        return `${this.#room}/developers`
      case 'calendar':
        return `${this.#room}/calendar`
      default:
        return `${this.#room}/members`
    }
  }
}
