import { appendFile, mkdir, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Logger } from 'pino'
import type { Database } from '../data/database.ts'
import type { Relay } from '../journal/relay.ts'

/** So long after a ring one looks: several acts are looked at together. */
const LOOK_AFTER_MS = 1_000
/** Looked at again: two that overlap may commit in another order than their times. */
const OVERLAP_MS = 60_000

export interface Erasure {
  /** The comment's id. */
  readonly comment: string
  /** When it was taken back, in UTC. */
  readonly at: string
}

export const ledgerPath = (dataDir: string): string => join(dataDir, 'erased.jsonl')

/** The erasures that a file tells of; none when it is not there. */
export const readErasures = async (file: string): Promise<Erasure[]> => {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return ''
    throw error
  })
  // The last line may be half written: that one is told again.
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Erasure)
}

/**
 * Guards: what has been erased is known outside the database, so that a restored backup does not bring it back.
 *
 * One line for each comment that was taken back, in a file beside the database: its id and when, and nothing of what it said. Every
 * server keeps its own, with all of them.
 */
export class ErasureLedger {
  readonly #database: Database
  readonly #relay: Relay
  readonly #file: string
  readonly #log: Logger
  readonly #known = new Set<string>()
  #last = new Date(0)
  #timer: NodeJS.Timeout | undefined
  #looking: Promise<void> = Promise.resolve()
  #leave: (() => void) | undefined

  constructor(database: Database, relay: Relay, dataDir: string, log: Logger) {
    this.#database = database
    this.#relay = relay
    this.#file = ledgerPath(dataDir)
    this.#log = log
  }

  start(): void {
    this.#looking = this.#open().catch((error: unknown) => this.#log.warn({ err: error }, 'erasures could not be noted'))
    this.#leave = this.#relay.onRing(() => this.#soon())
  }

  async stop(): Promise<void> {
    this.#leave?.()
    // What was taken back a moment ago is noted before the end, for nobody may come back to this database.
    if (this.#timer) this.#lookNow()
    await this.#looking
  }

  async #open(): Promise<void> {
    await mkdir(dirname(this.#file), { recursive: true })
    for (const erasure of await readErasures(this.#file)) this.#remember(erasure)
    await this.#look()
  }

  #soon(): void {
    this.#timer ??= setTimeout(() => this.#lookNow(), LOOK_AFTER_MS)
  }

  #lookNow(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#looking = this.#looking
      .then(() => this.#look())
      .catch((error: unknown) => this.#log.warn({ err: error }, 'erasures could not be noted'))
  }

  async #look(): Promise<void> {
    const rows = await this.#database.ask<{ comment_id: string; at: Date }>(
      'select comment_id, at from comments_taken_back($1)',
      [new Date(this.#last.getTime() - OVERLAP_MS)],
    )
    const fresh = rows
      .map(({ comment_id: comment, at }): Erasure => ({ comment, at: at.toISOString() }))
      .filter(({ comment }) => !this.#known.has(comment))
    if (fresh.length === 0) return
    await appendFile(this.#file, fresh.map((erasure) => `${JSON.stringify(erasure)}\n`).join(''), { mode: 0o600 })
    for (const erasure of fresh) this.#remember(erasure)
  }

  #remember({ comment, at }: Erasure): void {
    this.#known.add(comment)
    const when = new Date(at)
    if (when > this.#last) this.#last = when
  }
}
