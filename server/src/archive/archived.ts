import type { Archived } from '../chain/verify.ts'
import type { Beginning } from './begins.ts'
import { assertFollowing, checkArchive } from './check.ts'
import { ArchiveProblem, archivesIn, type Lying, streamsIn } from './format.ts'

/** What archives were found to hold of a stream. */
export interface Found {
  /** The hashes at the places that were asked for. */
  readonly archived: Archived
  readonly archives: number
  readonly entries: bigint
  readonly erased: number
  readonly wordless: number
}

/**
 * Reads what lies in these folders of a stream and throws at the first thing that does not hold: the archives follow on each other, and
 * the last of them ends where the stream's chain now begins. Undefined when nothing of the stream lies there.
 */
export const readArchived = async (
  folders: readonly string[],
  streamId: string,
  begins: Beginning | undefined,
  asked: ReadonlySet<bigint>,
): Promise<Found | undefined> => {
  const streams = (await Promise.all(folders.map(streamsIn))).flat().filter(({ stream }) => stream === streamId)
  const lying = (await Promise.all(streams.map(({ folder }) => archivesIn(folder)))).flat()
  // One that was written and whose entries are here still was interrupted: it is nobody's yet.
  const archives = lying.filter(({ archive }) => begins && BigInt(archive.first) <= begins.last)
  if (!begins || archives.length === 0) return undefined
  assertFollowing(archives)
  assertEnds(archives, begins)
  const archived = new Map<bigint, string>()
  let [entries, erased, wordless] = [0n, 0, 0]
  for (const one of archives) {
    if (one.archive.stream !== streamId) throw new ArchiveProblem(`${one.folder}: it is of another stream than its folder says.`)
    const checked = await checkArchive(one, asked)
    for (const [seq, hash] of checked.hashes) archived.set(seq, hash)
    entries += checked.entries
    erased += checked.erased
    wordless += checked.wordless
  }
  return { archived, archives: archives.length, entries, erased, wordless }
}

const assertEnds = (archives: readonly Lying[], begins: Beginning): void => {
  const last = archives.at(-1)
  if (!last) return
  const { folder, archive } = last
  if (archive.last !== String(begins.last))
    throw new ArchiveProblem(`${folder}: it ends at entry ${archive.last}, and the journal begins after ${begins.last}.`)
  if (archive.hash !== Buffer.from(begins.hash).toString('hex') || archive.entries !== begins.entries)
    throw new ArchiveProblem(`${folder}: it is not the one that was taken out of this journal.`)
}
