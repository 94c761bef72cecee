import { randomUUID } from 'node:crypto'
import { buildClientSchema, getIntrospectionQuery, type IntrospectionQuery } from 'graphql'
import type { ServerProcess } from '../world/serverProcess.ts'
import type { Player } from './cast.ts'
import { ask, calendarAt, type Door, pageOf, Socket, tableOf } from './doors.ts'
import { at } from './json.ts'
import type { Canary, Ledger, PartyKey, Reader } from './ledger.ts'
import { type Act, acting, foreignActs, outcomes } from './mutations.ts'
import { changes, queries } from './operations.ts'
import type { Thing } from './things.ts'
import { type Choices, COMMON } from './values.ts'
import { Walk } from './walk.ts'

/** A canary in the answer to somebody who may not see it. */
export interface Finding {
  readonly player: string
  readonly door: Door
  readonly operation: string
  readonly kind: string
}

/** What was asked of one server, by everybody, and what it told. */
export class Survey {
  /** Field × player × door. */
  readonly cells = new Set<string>()
  readonly reached = new Set<string>()
  readonly findings: Finding[] = []
  /** The canaries that each party was shown. */
  readonly seen = new Map<string, Set<string>>()
  /** Acts on what is foreign, by what they refer to and how they were answered: one answer each, or existence can be told. */
  readonly answers = new Map<string, Set<string>>()

  readonly #server: ServerProcess
  readonly #walk: Walk
  readonly #ledger: Ledger
  readonly #own = new Map<Door, Set<string>>()
  #readers = 0

  constructor(server: ServerProcess, walk: Walk, ledger: Ledger) {
    this.#server = server
    this.#walk = walk
    this.#ledger = ledger
  }

  /** With the schema as that server tells it. */
  static async of(server: ServerProcess, player: Player, ledger: Ledger): Promise<Survey> {
    const { body } = await ask(server, player, getIntrospectionQuery())
    const { data } = JSON.parse(body) as { data: IntrospectionQuery }
    return new Survey(server, new Walk(buildClientSchema(data)), ledger)
  }

  /** Fields and arguments of the schema that nothing asked for. */
  get unreached(): string[] {
    return [...this.#walk.fields(), ...this.#walk.arguments()].filter((coordinate) => !this.reached.has(coordinate))
  }

  /** Everything that can be read, each thing through one of the two doors in turn; the next who asks comes by the other. */
  async read(player: Player, choices: Choices, pages: readonly string[]): Promise<void> {
    const socket = await Socket.open(this.#server, player)
    const first = this.#readers++
    for (const [index, { name, document, variables, reached }] of queries(this.#walk, choices).entries()) {
      if (typeof socket === 'number' || (first + index) % 2 === 0)
        this.#take(player, 'HTTP', name, reached, (await ask(this.#server, player, document, variables)).body)
      else this.#take(player, 'WebSocket', name, reached, await socket.ask(document, variables))
    }
    if (typeof socket !== 'number') {
      await this.#follow(player, socket, choices)
      socket.close()
    }
    await this.#poll(player, choices)
    for (const page of pages) {
      const body = await pageOf(this.#server, player, page)
      // The address that was asked for is told back.
      const told = [player.slug, page.split('/').at(-1) ?? page].reduce((rest, asked) => rest.replaceAll(asked, ''), body)
      this.#take(player, 'page', page, [], told)
    }
  }

  /** Acts on what is foreign, which must all fail and all alike. */
  async trespass(player: Player, choices: Choices, subject: (type: string) => string): Promise<void> {
    const socket = await Socket.open(this.#server, player)
    const acts = foreignActs(this.#walk, choices, subject)
    for (let from = 0; from < acts.length; from += AT_ONCE) {
      const some = acts.slice(from, from + AT_ONCE)
      const { document, variables } = outcomes(this.#walk, some)
      const name = `acts on what is foreign, from ${from}`
      const { body } = await ask(this.#server, player, document, variables)
      this.#answered(player, some, body)
      this.#take(player, 'HTTP', name, [], body)
      if (typeof socket === 'number') continue
      const told = await socket.ask(document, variables)
      this.#take(player, 'WebSocket', name, [], told)
    }
    if (typeof socket !== 'number') socket.close()
  }

  /** Every list as a table, by every filter that a page has; of what is foreign too. */
  async tables(player: Player, { own, foreign, never }: Choices): Promise<void> {
    const of = (type: string) => [...(own.get(type) ?? []).slice(0, 2), ...(foreign.get(type) ?? []).slice(0, 2), never.get(type)]
    const asked: [string, Record<string, unknown>][] = [
      ['tasks', {}],
      ['tasks', { filter: { archived: true }, sort: 'TITLE' }],
      ['tasks', { filter: { responsible: of('Party').filter(Boolean), text: COMMON }, sort: 'DUE_ON' }],
      ['members', { removed: true }],
      ['clauses', {}],
      ...of('Proposal').map((id): [string, Record<string, unknown>] => ['answers', { id }]),
      ...of('Task').map((id): [string, Record<string, unknown>] => ['activity', { id }]),
    ]
    for (const [list, variables] of asked)
      this.#take(
        player,
        'export',
        `${list} as a table`,
        [],
        (await tableOf(this.#server, player, list, variables)).replaceAll(player.slug, ''),
      )
  }

  /** A calendar, by its address, as those read it whose party it was made for. */
  async calendar({ url, party }: { readonly url: string; readonly party: PartyKey | undefined }): Promise<void> {
    const reader = { name: `a calendar of ${party ?? 'nobody'}`, party, memberId: undefined, knows: new Set<Canary>() }
    // Long lines are folded; what stood across a fold is looked for too.
    const text = (await calendarAt(this.#server, url)).replaceAll('\r\n ', '')
    this.#take(reader, 'calendar', 'calendar', [], text)
  }

  /** What was mailed to somebody, or pushed to their browser and opened there. */
  told(player: Player, door: 'mail' | 'push', letters: readonly string[]): void {
    const reader = { ...player, knows: new Set([...player.knows, ...this.#stood(player.party)]) }
    for (const letter of letters) this.#take(reader, door, door, [], letter)
  }

  /** What a party withdrew itself may have been sent to it while it stood. */
  #stood(party: PartyKey | undefined): Canary[] {
    const all = this.#ledger.all().map(([, canary]) => canary)
    return all.filter(({ kind, owner }) => kind === 'withdrawn comment' && owner === party)
  }

  /** What a party's system was sent. */
  sent(party: PartyKey, deliveries: readonly string[], slices?: readonly string[]): void {
    const stood = this.#stood(party)
    const name = `a webhook of ${party}${slices ? ` for ${slices.join(' and ')}` : ''}`
    const reader = { name, party, memberId: undefined, knows: new Set<Canary>(stood), ...(slices && { slices }) }
    for (const delivery of deliveries) this.#take(reader, 'webhook', 'webhook', [], delivery)
  }

  /** How much of what is their own all were told at a door. */
  own(door: Door): number {
    return this.#own.get(door)?.size ?? 0
  }

  /** Acts that succeed where the role suffices: what they answer with is scanned too. */
  async act(player: Player, door: 'HTTP' | 'WebSocket', acts: readonly Act[]): Promise<void> {
    const { document, variables, reached } = acting(this.#walk, acts, 3)
    const socket = door === 'WebSocket' ? await Socket.open(this.#server, player) : undefined
    if (typeof socket === 'number') return
    const body = socket ? await socket.ask(document, variables) : (await ask(this.#server, player, document, variables)).body
    socket?.close()
    this.#take(player, door, 'acts of one’s own', reached, body)
  }

  get walk(): Walk {
    return this.#walk
  }

  async #follow(player: Player, socket: Socket, { cursors, own, foreign }: Choices): Promise<void> {
    const { document, reached } = changes(this.#walk, 'subscription')
    const subjects = [...(own.get('Task') ?? []), ...(foreign.get('Task') ?? [])].slice(0, MOST_SUBJECTS)
    for (const [after, filter] of [
      [cursors[0], null],
      [cursors[0], { subjects }],
      ...cursors.slice(1).map((cursor) => [cursor, null]),
    ])
      await new Promise<void>((done) => {
        socket.follow(document, { after, filter }, (payload, raw) => {
          this.#take(player, 'changes subscription', 'changes', reached, raw)
          if (at(payload, 'data', 'changes', 'hasMore') !== true) done()
        })
      })
  }

  async #poll(player: Player, { cursors }: Choices): Promise<void> {
    const { document, reached } = changes(this.#walk, 'query')
    for (let [after, ...rest]: readonly unknown[] = cursors; typeof after === 'string';) {
      const { body } = await ask(this.#server, player, document, { after })
      this.#take(player, 'changes query', 'changes', reached, body)
      const result = at(JSON.parse(body), 'data', 'changes')
      ;[after, ...rest] = at(result, 'hasMore') === true ? [at(result, 'cursor'), ...rest] : rest
    }
  }

  #answered(player: Player, acts: readonly Act[], body: string): void {
    const data = at(JSON.parse(body), 'data')
    for (const [index, { mutation, reference }] of acts.entries()) {
      const key = `${player.name}: ${reference}`
      const answers = this.answers.get(key) ?? new Set()
      this.answers.set(key, answers.add(JSON.stringify(at(data, `${mutation}__${index}`) ?? null)))
    }
  }

  #take(
    player: Reader & { readonly name: string },
    door: Door,
    operation: string,
    reached: Iterable<string>,
    body: string,
  ): void {
    for (const coordinate of reached) {
      this.reached.add(coordinate)
      this.cells.add(`${coordinate} ${player.name} ${door}`)
    }
    const { own, foreign } = this.#ledger.scan(body, player)
    const seen = this.seen.get(player.party ?? '') ?? new Set()
    this.seen.set(player.party ?? '', seen)
    const told = this.#own.get(door) ?? new Set()
    this.#own.set(door, told)
    for (const value of own) {
      seen.add(value)
      told.add(value)
    }
    for (const value of foreign) this.findings.push({ player: player.name, door, operation, kind: this.#ledger.of(value).kind })
  }
}

const AT_ONCE = 40
const MOST_SUBJECTS = 100

/** What there is to ask about for one who asks, by what was done and not by what the server says. */
export const choicesOf = (things: readonly Thing[], player: Player, streams: readonly string[]): Choices => {
  const [own, foreign, never] = [new Map<string, string[]>(), new Map<string, string[]>(), new Map<string, string>()]
  const global = (type: string, id: string) => btoa(`${type}:${id}`)
  for (const { type, id, seenBy, member } of things) {
    const alone = member === undefined || member === player.memberId
    const map = alone && player.party !== undefined && seenBy.has(player.party) ? own : foreign
    map.set(type, [...(map.get(type) ?? []), global(type, id)])
    if (!never.has(type)) never.set(type, global(type, randomUUID()))
  }
  const place = (type: string, of: ReadonlyMap<string, readonly string[]>) =>
    (of.get(type) ?? []).slice(0, 1).map((id) => btoa(`GPC:S:${atob(id).split(':')[1]}`))
  return {
    own,
    foreign,
    never,
    cursors: streams,
    places: [...place('Task', own), ...place('Task', foreign), ...place('Comment', foreign), btoa(`GPC:S:${randomUUID()}`)],
  }
}

/** The references whose foreign ids are answered otherwise than ids that never were. */
export const toldApart = ({ answers }: Survey): string[] =>
  [...answers]
    .filter(([, several]) => several.size > 1)
    .map(([reference, several]) => `${reference}: ${[...several].join(' | ')}`)
