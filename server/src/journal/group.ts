import { setTimeout as delay } from 'node:timers/promises'
import type { ExecutionResult, FormattedExecutionResult } from 'graphql'
import type { WebSocket } from 'ws'
import { TryAgain } from '../data/failures.ts'
import { traced } from '../traces/traces.ts'
import type { ChangeBatch, Resync } from './changes.ts'
import { type Cursor, decodeCursor, encodeCursor } from './cursor.ts'
import { isEmpty, type Position } from './follow.ts'
import { Message } from './message.ts'
import type { Follower, Relay } from './relay.ts'

/**
 * Guards: what many wait for is read once, written once and sent to all of them; nobody's slowness costs another.
 *
 * A group reads the journal once for each place at which somebody stands: those who are up to date stand at the same one, so an
 * entry costs one execution and one text, however many they are. Whoever comes from further back stands at a place of its own until
 * it has caught up. A socket that has not taken what it was sent is left standing where it is, with nothing kept for it but that
 * place, and catches up when it wakes.
 */
export interface Wire {
  readonly socket: WebSocket
  /** The operation's, as the client chose it. */
  readonly id: string
  /** What ends when the socket has closed, however that came about. */
  readonly endings: Set<() => void>
}

/** One who follows over a socket. */
export interface Joining<Held> {
  readonly wire: Wire
  readonly streamId: string
  readonly after: string
  /** Whoever says the same may be told with the same words: the document, what it is asked with, and as whom. */
  readonly likeness: string
  /** By which it is asked whether access still holds. */
  readonly held: Held
  /** Access has ended. */
  readonly end: () => void
  /** Reads the journal at that place, as the group may. */
  readonly execute: (position: Position) => Promise<ExecutionResult>
}

/** What all groups are told with. */
export interface GroupOptions<Held> {
  readonly relay: Relay
  /** Of the given, those whose access has ended. */
  readonly ended: (held: readonly Held[]) => Promise<ReadonlySet<Held>>
  /** As the outside is told of what went wrong. */
  readonly format: (result: ExecutionResult) => FormattedExecutionResult
  readonly onError: (error: unknown) => void
}

/** One who follows, as the group has it. */
export interface Member<Held> extends Joining<Held> {
  readonly done: () => void
  /** Where `access_turn` stood when it was last found to have access. */
  inOrderAt: bigint | undefined
}

/** Those of a group who have come equally far. */
interface Place<Held> {
  readonly cursor: string
  /** Undefined for what is no cursor, which the journal will say. */
  readonly at: Cursor | undefined
  readonly members: Set<Member<Held>>
  /** More is there, or nobody has looked yet. */
  more: boolean
}

const MOST_UNSENT = 256 * 1024
const RETRY_MS = 1_000
const MOST_REST_MS = 100

interface Happenings {
  readonly onRead: () => void
  readonly onEmpty: () => void
}

/** Those who follow one stream with the same words. */
export class Group<Held> {
  readonly #options: GroupOptions<Held>
  readonly #execute: Joining<Held>['execute']
  readonly #follower: Follower
  readonly #on: Happenings
  readonly #places = new Map<string, Place<Held>>()
  #running = false
  #released = false
  #later: NodeJS.Timeout | undefined

  constructor(first: Joining<Held>, options: GroupOptions<Held>, on: Happenings) {
    this.#options = options
    this.#execute = first.execute
    this.#on = on
    this.#follower = options.relay.follow(first.streamId, () => this.#wake())
  }

  enter(member: Member<Held>): () => void {
    const place = this.#placeOf(member.after)
    place.members.add(member)
    place.more = true
    this.#wake()
    return () => this.#leave(member)
  }

  standing(): { followers: number; behind: number; entriesBehind: number } {
    const head = this.#follower.head()
    const standing = { followers: 0, behind: 0, entriesBehind: 0 }
    for (const { at, members } of this.#places.values()) {
      standing.followers += members.size
      // At a place that is none the journal says so, and of another epoch there is no counting.
      const lacks = head && at && head.epoch === at.epoch ? Number(head.seq - at.seq) : 0
      if (lacks > 0) standing.behind += members.size
      standing.entriesBehind = Math.max(standing.entriesBehind, lacks)
    }
    return standing
  }

  #placeOf(cursor: string): Place<Held> {
    const known = this.#places.get(cursor)
    if (known) return known
    const place: Place<Held> = { cursor, at: decodeCursor(cursor), members: new Set(), more: false }
    this.#places.set(cursor, place)
    return place
  }

  #leave(member: Member<Held>): void {
    for (const place of this.#places.values()) place.members.delete(member)
    this.#clear()
  }

  /** Places where nobody stands go, and with the last of them the group. */
  #clear(): void {
    for (const place of this.#places.values()) if (place.members.size === 0) this.#places.delete(place.cursor)
    if (this.#places.size > 0 || this.#released) return
    this.#released = true
    clearTimeout(this.#later)
    this.#on.onEmpty()
    this.#follower.release()
  }

  #wake(): void {
    if (this.#running) return
    this.#running = true
    void this.#run()
  }

  /**
   * Until nobody waits for anything that is there. Nothing happens between the last look and the end. Having told what is newest, it
   * rests in proportion to what that took: what happens meanwhile goes out together, and a crowd leaves the process time for others.
   */
  async #run(): Promise<void> {
    for (let place = this.#due(); place; place = this.#due()) {
      const began = performance.now()
      try {
        const told = await traced('tell', { root: true, followers: place.members.size }, () => this.#tell(place))
        if (!told) await delay(RETRY_MS)
        else if (![...this.#places.values()].some(({ more }) => more))
          await delay(Math.min(MOST_REST_MS, 2 * (performance.now() - began)))
      } catch (error) {
        // The database is away or busy: nothing is lost by waiting, the same place is read again.
        if (!(error instanceof TryAgain)) this.#options.onError(error)
        await delay(RETRY_MS)
      }
    }
    this.#running = false
  }

  #due(): Place<Held> | undefined {
    const head = this.#follower.head()
    let waiting = false
    for (const place of this.#places.values()) {
      const beyond = head && place.at && (head.epoch !== place.at.epoch || head.seq > place.at.seq)
      if (!place.more && !beyond) continue
      if (hasReady(place)) return place
      waiting = true
    }
    // What a socket has not taken may be of another operation: nobody says when it has.
    clearTimeout(this.#later)
    if (waiting) this.#later = setTimeout(() => this.#wake(), RETRY_MS).unref()
    return undefined
  }

  /** Reads at that place and sends what is there. False when it has to be tried again. */
  async #tell(place: Place<Held>): Promise<boolean> {
    const asked = ready(place)
    let read: ChangeBatch | Resync | undefined
    this.#on.onRead()
    const result = await this.#execute({ cursor: place.cursor, read: (found) => (read = found) })
    const found = read as ChangeBatch | Resync | undefined
    if (result.errors || !isEmpty(result.data)) await this.#send(asked, result, found?.turn)
    if (!found || result.errors) return false
    const next = this.#placeOf(encodeCursor(found.cursor))
    for (const member of asked) {
      // Who has left meanwhile, or has lost access, stands nowhere.
      if (!place.members.delete(member)) continue
      if (found.kind === 'resync') member.done()
      else next.members.add(member)
    }
    if (next === place) place.more = false
    else if (found.kind === 'batch' && found.hasMore) next.more = true
    this.#clear()
    return true
  }

  /** Only to those whose access holds now; a text is made once for each id that clients chose, and ours all choose the same. */
  async #send(members: readonly Member<Held>[], result: ExecutionResult, turn: bigint | undefined): Promise<void> {
    const ended = await this.#ended(members, turn)
    const message = new Message(this.#options.format(result))
    for (const member of members) {
      const { socket, id } = member.wire
      if (ended.has(member.held)) {
        this.#leave(member)
        member.done()
        member.end()
        continue
      }
      const text = message.under(id)
      // Who is asked to say when it has gone pays for it: only a socket that may be left with too much.
      const full = socket.bufferedAmount + text.length + MOST_HEADER > MOST_UNSENT
      socket.send(text, AS_TEXT, full ? () => this.#wake() : undefined)
      if (socket.bufferedAmount > 0) message.hold()
    }
  }

  /**
   * Of the given, those whose access had ended when `access_turn` stood there; now, where nobody knows. Who was found in order since it
   * moved there is not looked at again; what ends by the clock alone is found by who looks at all sockets every now and then.
   */
  async #ended(members: readonly Member<Held>[], turn: bigint | undefined): Promise<ReadonlySet<Held>> {
    const unsure = turn === undefined ? members : members.filter(({ inOrderAt }) => inOrderAt !== turn)
    if (unsure.length === 0) return new Set()
    const ended = await this.#options.ended(unsure.map(({ held }) => held))
    for (const member of unsure) if (!ended.has(member.held)) member.inOrderAt = turn
    return ended
  }
}

/** A frame's, of a server. */
const MOST_HEADER = 10
const AS_TEXT = { binary: false, compress: false }

/** Whether it has taken what it was sent. */
const isReady = ({ wire }: Joining<unknown>): boolean => wire.socket.bufferedAmount <= MOST_UNSENT
const ready = <Held>({ members }: Place<Held>): Member<Held>[] => [...members].filter(isReady)
const hasReady = <Held>({ members }: Place<Held>): boolean => {
  for (const member of members) if (isReady(member)) return true
  return false
}
