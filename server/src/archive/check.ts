import { createReadStream, existsSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { commitmentOf, commitmentsIn, link } from '../chain/chain.ts'
import { holdsSignature } from '../chain/head.ts'
import { hashOf } from '../backup/manifest.ts'
import { ArchiveProblem, type ArchivedEntry, type ArchivedText, ENTRIES, type Lying, TEXTS } from './format.ts'

/** What an archive was found to be. */
export interface Checked {
  readonly entries: bigint
  /** Texts that were taken back. */
  readonly erased: number
  /** Texts that are kept nowhere here: the part with words has been taken away. */
  readonly wordless: number
  /** Hex of the hashes at the places that were asked for. */
  readonly hashes: ReadonlyMap<bigint, string>
}

async function* linesOf<Line>(file: string): AsyncGenerator<Line> {
  let number = 0
  for await (const line of createInterface({ input: createReadStream(file) })) {
    number += 1
    try {
      yield JSON.parse(line) as Line
    } catch {
      throw new ArchiveProblem(`${file}: line ${number} is not what was written.`)
    }
  }
}

/**
 * Guards: an archive is what left the database, to its last bit, or what is wrong with it is named.
 *
 * It is read entry by entry: each builds on the one before, each text is the one that was committed to, and every head that was signed of
 * its entries bears its signature and says the same. That it ends at a signed head is what holds whoever kept it to it.
 */
export const checkArchive = async ({ folder, archive }: Lying, asked: ReadonlySet<bigint> = new Set()): Promise<Checked> => {
  const wrong = (what: string): ArchiveProblem => new ArchiveProblem(`${folder}: ${what}`)
  for (const head of [archive.headBefore, ...archive.heads])
    if (head && !holdsSignature(head)) throw wrong(`the head of ${head.at} does not bear the signature of the key that it names`)
  const before = archive.headBefore
  if (before ? before.hash !== archive.before || BigInt(before.seq) + 1n !== BigInt(archive.first) : archive.first !== '1')
    throw wrong(`it does not begin where the head before it was signed`)

  const signed = new Map(archive.heads.map((head) => [head.seq, head]))
  const hashes = new Map<bigint, string>()
  const texts = new Texts(join(folder, TEXTS))
  let seq = BigInt(archive.first) - 1n
  let previous: Uint8Array = Buffer.from(archive.before, 'hex')
  for await (const line of linesOf<ArchivedEntry>(join(folder, ENTRIES))) {
    seq += 1n
    if (line.seq !== String(seq)) throw wrong(`entry ${seq} is missing; what stands there says that it is ${line.seq}`)
    previous = link(previous, line.entry)
    const hash = Buffer.from(previous).toString('hex')
    if (hash !== line.hash) throw wrong(`entry ${seq} is not what was told at that place`)
    const head = signed.get(line.seq)
    if (head && (head.hash !== hash || head.stream !== archive.stream))
      throw wrong(`the head of ${head.at} has another hash for entry ${seq}`)
    const problem = await texts.of(line)
    if (problem) throw wrong(`${problem} of entry ${seq}`)
    if (asked.has(seq)) hashes.set(seq, hash)
  }
  if (String(seq) !== archive.last) throw wrong(`entry ${seq + 1n} is missing; it went on to ${archive.last}`)
  if (Buffer.from(previous).toString('hex') !== archive.hash || archive.heads.at(-1)?.seq !== archive.last)
    throw wrong(`no signed head stands at its end, entry ${seq}`)
  if ((await hashOf(join(folder, ENTRIES))) !== archive.entries) throw wrong(`${ENTRIES} is not the file that was written`)
  await texts.end()
  return { entries: seq + 1n - BigInt(archive.first), erased: texts.erased, wordless: texts.wordless, hashes }
}

/** The texts of an archive, read along with its entries; without their file there are none, and they count as not kept. */
class Texts {
  erased = 0
  wordless = 0
  readonly #file: string
  readonly #lines: AsyncGenerator<ArchivedText> | undefined
  #next: ArchivedText | undefined

  constructor(file: string) {
    this.#file = file
    if (existsSync(file)) this.#lines = linesOf<ArchivedText>(file)
  }

  /** What is wrong with the texts of an entry. */
  async of({ seq, entry }: ArchivedEntry): Promise<string | undefined> {
    const { changes } = JSON.parse(entry) as { changes: unknown }
    const held = new Map<string, ArchivedText>()
    for (let text = await this.#peek(); text?.seq === seq; text = await this.#peek()) {
      held.set(text.hash, text)
      this.#next = undefined
    }
    for (const commitment of commitmentsIn(changes)) {
      const text = held.get(commitment)
      if (!this.#lines) this.wordless += 1
      else if (!text) return 'a text is gone without having been erased'
      else if (text.value === null) this.erased += 1
      else if (commitmentOf(Buffer.from(text.salt, 'hex'), text.value) !== commitment)
        return 'a text is not the one that was written'
    }
    return undefined
  }

  async end(): Promise<void> {
    const left = await this.#peek()
    if (left) throw new ArchiveProblem(`${this.#file}: there is a text of entry ${left.seq}, where none was written.`)
  }

  async #peek(): Promise<ArchivedText | undefined> {
    this.#next ??= ((await this.#lines?.next())?.value as ArchivedText | undefined) ?? undefined
    return this.#next
  }
}

/** Archives of one stream that follow on each other without a gap; throws at the first that does not. */
export const assertFollowing = (archives: readonly Lying[]): void => {
  archives.forEach(({ folder, archive }, at) => {
    const before = archives[at - 1]?.archive
    if (!before) return
    const { previous } = archive
    if (archive.before !== before.hash || previous?.last !== before.last || previous.entries !== before.entries)
      throw new ArchiveProblem(`${folder}: it does not follow on the archive that ends at entry ${before.last}.`)
  })
}
