import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { SignedHead } from '../chain/head.ts'

// An archive is a folder with entries of one party's stream that have left the database: `entries.jsonl`, one entry a line as it is
// chained; `texts.jsonl`, what its commitments stand for, in a part of its own so that words can be taken out of it later, or not be
// kept at all; and `archive.json`, which says where it stands among the others. All archives of a stream follow on each other from
// its first entry, and each ends at a signed head. They lie in <folder>/<collaboration>/<stream>/<first>-<last>.

export const FORMAT = 1
export const ARCHIVE = 'archive.json'
export const ENTRIES = 'entries.jsonl'
export const TEXTS = 'texts.jsonl'
/** What begins so was not finished; nobody has built on it. */
export const UNFINISHED = '.unfinished-'

export interface Archive {
  readonly format: number
  /** The collaboration's slug, and the party's name when it was written. */
  readonly collaboration: string
  readonly party: string
  readonly stream: string
  /** Numbers of the first and the last entry; strings, being of 64 bits. */
  readonly first: string
  readonly last: string
  /** When they happened, in UTC. */
  readonly from: string
  readonly until: string
  /** Hex of the hash that the first entry builds on, and of the last entry's. */
  readonly before: string
  readonly hash: string
  /** SHA-256 of `entries.jsonl`, in hex. */
  readonly entries: string
  /** The archive before it: its last entry, and SHA-256 of its `entries.jsonl`. */
  readonly previous: { readonly last: string; readonly entries: string } | null
  /** The head that was signed at the end of the archive before it. */
  readonly headBefore: SignedHead | null
  /** The heads that were signed of its entries, in order; the last of them at its end. */
  readonly heads: readonly SignedHead[]
}

/** A line of `entries.jsonl`. */
export interface ArchivedEntry {
  readonly seq: string
  readonly hash: string
  readonly entry: string
}

/** A line of `texts.jsonl`; once it is taken back, salt and value are nothing. */
export interface ArchivedText {
  readonly seq: string
  readonly hash: string
  readonly salt: string
  readonly value: string | null
}

/** What is wrong with an archive, in a sentence. */
export class ArchiveProblem extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'ArchiveProblem'
  }
}

export const nameOf = ({ first, last }: { readonly first: unknown; readonly last: unknown }): string => `${first}-${last}`

/** An archive and where it lies. */
export interface Lying {
  readonly folder: string
  readonly archive: Archive
}

export const readArchive = async (folder: string): Promise<Lying> => {
  const text = await readFile(join(folder, ARCHIVE), 'utf8').catch(() => {
    throw new ArchiveProblem(`${folder} holds no whole archive: it has no ${ARCHIVE}.`)
  })
  let archive: Archive
  try {
    archive = JSON.parse(text) as Archive
  } catch {
    throw new ArchiveProblem(`${join(folder, ARCHIVE)} is not what was written.`)
  }
  if (archive.format !== FORMAT) throw new ArchiveProblem(`${folder} has format ${archive.format}; this release reads ${FORMAT}.`)
  return { folder, archive }
}

const NAME = /^(\d+)-\d+$/

/** The archives of a stream that lie in its folder, in their order; none when there is no such folder. */
export const archivesIn = async (streamFolder: string): Promise<Lying[]> => {
  const names = await readdir(streamFolder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw error
  })
  const found = names.flatMap((name) => {
    const first = NAME.exec(name)?.[1]
    return first === undefined ? [] : { name, first: BigInt(first) }
  })
  found.sort((a, b) => (a.first < b.first ? -1 : 1))
  return Promise.all(found.map(({ name }) => readArchive(join(streamFolder, name))))
}

/** The folders of streams below a folder of archives, with the streams' ids. */
export const streamsIn = async (folder: string): Promise<{ folder: string; stream: string }[]> => {
  const within = async (parent: string) =>
    (await readdir(parent, { withFileTypes: true }).catch(() => [])).filter((one) => one.isDirectory()).map(({ name }) => name)
  const streams = []
  for (const collaboration of await within(folder))
    for (const stream of await within(join(folder, collaboration)))
      streams.push({ folder: join(folder, collaboration, stream), stream })
  return streams
}
