import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, open, rename, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import type { JournalReader } from '../chain/read.ts'
import { checkArchive } from './check.ts'
import {
  type Archive,
  ARCHIVE,
  type ArchivedEntry,
  type ArchivedText,
  ENTRIES,
  FORMAT,
  type Lying,
  nameOf,
  readArchive,
  TEXTS,
  UNFINISHED,
} from './format.ts'

/** What is to be written: an archive, but for what its entries say. */
export type Planned = Omit<Archive, 'format' | 'entries' | 'from' | 'until'>

/**
 * Guards: what has the name of an archive is whole, is on disk, and was read back; whatever is killed before leaves nothing that
 * looks like one.
 */
export const writeArchive = async (streamFolder: string, planned: Planned, reader: JournalReader): Promise<Lying> => {
  await mkdir(streamFolder, { recursive: true, mode: 0o700 })
  const unfinished = await mkdtemp(join(streamFolder, UNFINISHED))
  const entries = await Lines.open(join(unfinished, ENTRIES))
  const texts = await Lines.open(join(unfinished, TEXTS))
  const times: Date[] = []
  const [after, upto] = [BigInt(planned.first) - 1n, BigInt(planned.last)]
  for await (const told of reader.stream(planned.stream, upto, after)) {
    const seq = String(told.seq)
    await entries.write({ seq, hash: told.hash.toString('hex'), entry: told.text } satisfies ArchivedEntry)
    for (const { hash, salt, value } of told.texts) await texts.write({ seq, hash, salt, value } satisfies ArchivedText)
    times[times.length === 0 ? 0 : 1] = told.at
  }
  await texts.close()
  const [from, until = from] = times.map((at) => at.toISOString())
  if (from === undefined || until === undefined) throw new Error('there is nothing to archive')
  const archive: Archive = { format: FORMAT, ...planned, from, until, entries: await entries.close() }
  const said = await Lines.open(join(unfinished, ARCHIVE))
  await said.write(archive, 2)
  await said.close()
  await checkArchive(await readArchive(unfinished))

  const folder = join(streamFolder, nameOf(planned))
  await settle(unfinished)
  await rename(unfinished, folder)
  await settle(streamFolder)
  return { folder, archive }
}

/** What a folder names is on disk. */
const settle = async (folder: string): Promise<void> => {
  const handle = await open(folder)
  await handle.sync()
  await handle.close()
}

const MOST_HELD = 1 << 20

/** A file of JSON, one object a line, and the SHA-256 of all that was written. */
export class Lines {
  readonly #handle: FileHandle
  readonly #hash = createHash('sha256')
  #held: string[] = []
  #size = 0

  private constructor(handle: FileHandle) {
    this.#handle = handle
  }

  static async open(file: string): Promise<Lines> {
    return new Lines(await open(file, 'wx', 0o600))
  }

  async write(object: object, indent?: number): Promise<void> {
    const line = `${JSON.stringify(object, null, indent)}\n`
    this.#held.push(line)
    this.#size += line.length
    if (this.#size > MOST_HELD) await this.#flush()
  }

  /** When it is on disk: its hash, in hex. */
  async close(): Promise<string> {
    await this.#flush()
    await this.#handle.sync()
    await this.#handle.close()
    return this.#hash.digest('hex')
  }

  async #flush(): Promise<void> {
    const text = this.#held.join('')
    this.#hash.update(text)
    await this.#handle.writeFile(text)
    this.#held = []
    this.#size = 0
  }
}
