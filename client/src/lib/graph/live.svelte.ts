// Guards: no change is missed between a snapshot and what follows, however often the line is lost.
//
// Snapshot, then follow. The page's queries say which cursor they are true for; from there one subscription brings every change.
// Reconnecting is the same path from a later cursor, and an expired cursor is the same path from a new snapshot.
import type { ChangesResult, PersonalResult } from './changes.ts'
import type { Graph } from './graph.ts'
import { Marks } from './marks.svelte.ts'
import { crowded, openSocket } from './socket.ts'

export type Connection = 'connecting' | 'live' | 'catching-up' | 'crowded' | 'offline'

/** The seat is gone, or the session: nothing to reconnect to. */
const over = new Set([4401, 4403])
const shortest = 400
const longest = 15_000

export class LiveFeed {
  readonly marks: Marks
  readonly #graph: Graph
  readonly #slug: string
  readonly #onOver: () => void
  #cursor: string
  #personal: string
  #state = $state<Connection>('connecting')
  #close: (() => void) | undefined
  #timer: ReturnType<typeof setTimeout> | undefined
  #failures = 0
  #crowded = false
  #lookAgain = false
  #stopped = true

  constructor(
    graph: Graph,
    { slug, cursor, personal, me, onOver }: { slug: string; cursor: string; personal: string; me: string; onOver: () => void },
  ) {
    this.#graph = graph
    this.#slug = slug
    this.#cursor = cursor
    this.#personal = personal
    this.#onOver = onOver
    this.marks = new Marks(me)
  }

  get state() {
    return this.#state
  }

  /** Follows until the returned function is called. Only in a browser. */
  follow() {
    const shut = this.#graph.open()
    const online = () => this.retry()
    const offline = () => this.#lose()
    const seen = () => document.visibilityState === 'visible' && this.#state !== 'live' && this.retry()
    addEventListener('online', online)
    addEventListener('offline', offline)
    document.addEventListener('visibilitychange', seen)
    this.#stopped = false
    this.#connect()
    return () => {
      this.#stopped = true
      clearTimeout(this.#timer)
      removeEventListener('online', online)
      removeEventListener('offline', offline)
      document.removeEventListener('visibilitychange', seen)
      this.#disconnect()
      this.marks.clear()
      shut()
    }
  }

  /** Whoever signs out is on the way: that the line ends is no news, and must not lead elsewhere while the answer is waited for. */
  end() {
    this.#stopped = true
    this.#disconnect()
  }

  /** Tries now instead of when the back-off says. */
  retry() {
    if (this.#stopped || this.#state === 'live' || this.#state === 'catching-up') return
    this.#failures = 0
    this.#connect()
  }

  #connect() {
    clearTimeout(this.#timer)
    this.#disconnect()
    // Whoever waits for room goes on saying so until there is some. Nothing reactive is read here: whoever follows from an
    // effect would begin again with each change of the state.
    if (!this.#crowded) this.#state = this.#failures === 0 ? 'connecting' : 'offline'
    const url = new URL('/graphql', location.href)
    url.protocol = url.protocol.replace('http', 'ws')
    const close = openSocket(
      url.href,
      this.#slug,
      { changes: this.#cursor, personal: this.#personal },
      {
        open: () => {
          if (this.#close !== close) return
          this.#failures = 0
          this.#crowded = false
          this.#state = 'live'
          this.#graph.outbox.retry()
        },
        changes: (result) => this.#close === close && this.#receive(result),
        personal: (result) => this.#close === close && this.#receivePersonal(result),
        closed: (code) => this.#close === close && this.#closed(code),
      },
    )
    this.#close = close
  }

  #disconnect() {
    const close = this.#close
    this.#close = undefined
    close?.()
  }

  #lose() {
    this.#disconnect()
    this.#state = 'offline'
  }

  #closed(code: number) {
    this.#close = undefined
    if (this.#stopped) return
    this.#crowded = code === crowded
    this.#state = this.#crowded ? 'crowded' : 'offline'
    if (over.has(code)) return this.#onOver()
    // There is no room until somebody leaves, which nobody tells us of; to come again at once would only crowd more.
    const bound = this.#crowded ? longest : Math.min(longest, shortest * 2 ** this.#failures++)
    this.#timer = setTimeout(() => this.#connect(), bound * (0.5 + Math.random() / 2))
  }

  #receive(result: ChangesResult) {
    this.#cursor = result.cursor
    if (result.__typename === 'Resync') {
      // Follow from here first, then look again: what changes in between comes twice rather than never.
      this.#graph.restart()
      return this.#connect()
    }
    this.#state = result.hasMore ? 'catching-up' : 'live'
    this.#graph.apply(result)
    this.marks.note(result.changes)
    // One more reads all that is joint: too much to follow thing by thing, so look again; but not before everything up to here has
    // been taken in, or what an answer has counted already would be counted once more.
    this.#lookAgain ||= result.changes.some(({ kind }) => kind === 'party.admitted')
    if (!this.#lookAgain || result.hasMore) return
    this.#lookAgain = false
    this.#graph.restart()
  }

  /** The same path for what only the member is told, from a cursor of its own. */
  #receivePersonal(result: PersonalResult) {
    this.#personal = result.cursor
    if (result.__typename === 'ChangeBatch') return this.#graph.applyPersonal(result)
    this.#graph.restart()
    this.#connect()
  }
}
