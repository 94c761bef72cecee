import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import type { Logger } from 'pino'
import { writes } from '../access/may.ts'
import { reads } from '../access/reads.ts'
import type { Actor, Viewer } from '../access/viewer.ts'
import type { Config } from '../config/config.ts'
import type { Database } from '../data/database.ts'
import { cleanName } from './name.ts'
import { receive, sweepReceived } from './receive.ts'
import { FileRefused } from './refusals.ts'
import { type FileStore, filesFolder } from './store.ts'

/** A file as somebody who may read it gets it. */
export interface Content {
  readonly name: string
  readonly mediaType: string
  readonly size: number
  readonly bytes: Readable
}

/**
 * Guards: every object in the store has a row, and no row that anybody reads is without its object.
 *
 * Coming in, the row is first (an upload that is not stored yet), then the bytes, then the word that they are there. Going out,
 * the row lets go first and the bytes are swept. So whatever is killed in between leaves at most an object that is swept later.
 */
export class FileKeeper {
  readonly #config: Config
  readonly #database: Database
  readonly #store: FileStore
  readonly #log: Logger
  /** Uploads under way, by member. */
  readonly #underWay = new Map<string, number>()
  #sweeping: Promise<void> = Promise.resolve()
  #timer: NodeJS.Timeout | undefined

  constructor(config: Config, database: Database, store: FileStore, log: Logger) {
    this.#config = config
    this.#database = database
    this.#store = store
    this.#log = log
  }

  /** Takes in what the member sends, and returns the id of the upload that a mutation then attaches. */
  async take(viewer: Viewer, request: IncomingMessage, given: string): Promise<string> {
    if (!writes(viewer)) throw new FileRefused('ROLE')
    const name = cleanName(given)
    const { memberId } = viewer
    const others = this.#underWay.get(memberId) ?? 0
    if (others >= MOST_UNDER_WAY) throw new FileRefused('TOO_MANY', MOST_UNDER_WAY)
    this.#underWay.set(memberId, others + 1)
    try {
      return await receive(request, this.#incoming, name, this.#config.fileLimit, async ({ path, mediaType, size, hash }) => {
        const id = randomUUID()
        await this.#database.write(viewer, async (transaction) => {
          if ((await transaction.upload.count({ where: { memberId } })) >= MOST_WAITING)
            throw new FileRefused('TOO_MANY', MOST_WAITING)
          const { collaborationId, partyId } = viewer
          await transaction.upload.create({ data: { id, collaborationId, partyId, memberId, name, mediaType, size, hash } })
        })
        await this.#store.put(id, path, size)
        // Any time will do: the database stamps its own.
        await this.#database.write(viewer, (transaction) =>
          transaction.upload.update({ where: { id }, data: { storedAt: new Date() } }),
        )
        return id
      })
    } finally {
      const left = (this.#underWay.get(memberId) ?? 1) - 1
      if (left > 0) this.#underWay.set(memberId, left)
      else this.#underWay.delete(memberId)
    }
  }

  /** What the file holds; undefined when there is none that the viewer may know of. */
  async give(viewer: Actor, id: string): Promise<Content | undefined> {
    const file = await this.#database.read(viewer, (transaction) => transaction.file.findUnique({ where: { id } }))
    if (!file || !reads(viewer, file) || file.removedAt || !file.object) return undefined
    const { name, mediaType, size } = file
    return { name, mediaType, size, bytes: await this.#store.read(file.object) }
  }

  /** Sweeps now, and now and then. */
  open(): void {
    this.sweep()
    this.#timer = setInterval(() => this.sweep(), SWEEP_MS)
    this.#timer.unref()
  }

  async close(): Promise<void> {
    clearInterval(this.#timer)
    await this.#sweeping
  }

  /** Lets the store go of what nobody has any more. Nobody waits for it; what fails is tried again next time. */
  sweep(): void {
    this.#sweeping = this.#sweeping
      .then(() => this.#sweepOnce())
      .catch((error: unknown) => this.#log.warn({ err: error }, 'files could not be swept'))
  }

  get #incoming(): string {
    return join(filesFolder(this.#config), 'incoming')
  }

  async #sweepOnce(): Promise<void> {
    await sweepReceived(this.#incoming, Date.now())
    const objects = await this.#database.ask<{ object: string }>('select object from objects_to_sweep($1::int)', [SWEPT_AT_ONCE])
    for (const { object } of objects) {
      await this.#store.drop(object)
      await this.#database.ask('select object_swept($1::uuid)', [object])
    }
  }
}

const MOST_UNDER_WAY = 4
const MOST_WAITING = 100
const SWEEP_MS = 10 * 60_000
const SWEPT_AT_ONCE = 500
