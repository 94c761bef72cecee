// Guards: what is not loaded is never guessed: a list takes in what sorts into its loaded part, and counts the rest only by
// what events tell.
//
// The loaded part of a connection: one or more pages of the same list, each cached under its own `after`. A window can place,
// remove and count; when everything is loaded the total is what one sees, otherwise only an event tells how it changed.
import type { Cache, FieldArgs } from '@urql/exchange-graphcache'
import { gql } from '@urql/core'
import { uuidOf } from './ids.ts'

type Page = { key: string; args: Record<string, unknown>; nodes: string[]; changed: boolean }

const total = (type: string) => gql`fragment Total on ${type} { totalCount }`
const ends = gql`
  fragment Ends on PageInfo {
    hasNextPage
    startCursor
    endCursor
  }
`

/** The server's cursors name a node by its id, whatever the order. */
const cursorOf = (key: string | undefined) =>
  key === undefined ? null : btoa(`GPC:S:${uuidOf(key.slice(key.indexOf(':') + 1))}`)

const text = (value: unknown) => (typeof value === 'string' ? value : undefined)
const keys = (value: unknown) =>
  Array.isArray(value) ? value.filter((key): key is string => typeof key === 'string') : undefined

export class Window {
  readonly args: Record<string, unknown>
  readonly #cache: Cache
  readonly #pages: Page[]
  #hasNext: boolean

  constructor(cache: Cache, pages: Page[]) {
    this.#cache = cache
    this.#pages = pages
    this.args = pages[0]?.args ?? {}
    const last = pages.at(-1)
    this.#hasNext = last !== undefined && cache.resolve(text(cache.resolve(last.key, 'pageInfo')) ?? null, 'hasNextPage') === true
  }

  get complete() {
    return !this.#hasNext && !this.args.after
  }

  has(node: string) {
    return this.#pages.some(({ nodes }) => nodes.includes(node))
  }

  remove(node: string) {
    for (const page of this.#pages) {
      const at = page.nodes.indexOf(node)
      if (at < 0) continue
      page.nodes.splice(at, 1)
      page.changed = true
    }
  }

  /** Puts the node where the order wants it; one that sorts past the loaded part stays out of sight. */
  place(node: string, before: (other: string) => boolean) {
    const last = this.#pages.at(-1)
    for (const page of this.#pages) {
      const at = page.nodes.findIndex(before)
      if (at < 0 && (page !== last || this.#hasNext)) continue
      page.nodes.splice(at < 0 ? page.nodes.length : at, 0, node)
      page.changed = true
      return
    }
  }

  /** A fresh query would stop at `first`: what lies past it belongs to the next page. */
  #cut() {
    const last = this.#pages.at(-1)
    const first = last?.args.first
    if (!last || typeof first !== 'number' || last.nodes.length <= first) return
    last.nodes.length = first
    last.changed = true
    this.#hasNext = true
  }

  /** Writes back. `shift` is how an event changed the number of members; acts of one's own leave unseen parts alone. */
  save(shift: number, settled: boolean) {
    const known = this.complete ? this.#pages.reduce((sum, { nodes }) => sum + nodes.length, 0) : undefined
    if (settled) this.#cut()
    for (const page of this.#pages) {
      const type = text(this.#cache.resolve(page.key, '__typename')) ?? ''
      const before = this.#cache.resolve(page.key, 'totalCount')
      const after = known ?? (typeof before === 'number' ? before + shift : undefined)
      if (typeof before === 'number' && after !== before) this.#write(total(type), type, page.key, { totalCount: after })
      if (!page.changed) continue
      this.#cache.link(page.key, 'nodes', page.nodes)
      this.#writeEnds(page)
    }
  }

  #writeEnds(page: Page) {
    const info = text(this.#cache.resolve(page.key, 'pageInfo'))
    if (!info) return
    const hasNextPage = page === this.#pages.at(-1) ? this.#hasNext : true
    const ownCursors = { startCursor: cursorOf(page.nodes[0]), endCursor: cursorOf(page.nodes.at(-1)) }
    this.#write(ends, 'PageInfo', info, { hasNextPage, ...ownCursors })
  }

  /** Connections and PageInfo have no id of their own: `place` names the record for the `keys` of the cache. */
  #write(fragment: ReturnType<typeof gql>, __typename: string, place: string, data: Record<string, unknown>) {
    this.#cache.writeFragment(fragment, { __typename, __place: place, ...data })
  }
}

/** Every loaded window of a field, one for each set of arguments beside the paging. */
export const windowsOf = (cache: Cache, parent: string, field: string, firstOf: (a: Page, b: Page) => number): Window[] => {
  const groups = new Map<string, Page[]>()
  for (const { fieldName, fieldKey, arguments: found } of cache.inspectFields(parent)) {
    if (fieldName !== field) continue
    const args: Record<string, unknown> & FieldArgs = found ?? {}
    const key = text(cache.resolve(parent, fieldKey))
    const nodes = key === undefined ? undefined : keys(cache.resolve(key, 'nodes'))
    if (key === undefined || nodes === undefined || args.last || args.before) {
      // A shape that cannot be kept true is forgotten, and asked for when somebody looks.
      if (key !== undefined) cache.invalidate(parent, field, found)
      continue
    }
    const { after: _, ...rest } = args
    const group = JSON.stringify(rest)
    groups.set(group, [...(groups.get(group) ?? []), { key, args, nodes: [...nodes], changed: false }])
  }
  return [...groups.values()].map(
    (pages) =>
      new Window(
        cache,
        pages.sort((a, b) => (a.args.after ? 1 : 0) - (b.args.after ? 1 : 0) || firstOf(a, b)),
      ),
  )
}
