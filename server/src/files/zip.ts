import { promisify } from 'node:util'
import { inflateRaw } from 'node:zlib'
import type { Bytes } from './bytes.ts'
import { FileRefused } from './refusals.ts'

/**
 * Guards: an archive is one from its first byte to its last, and lists all that is in it.
 *
 * Readers of archives begin at the end and tolerate anything before and behind, which is how one file is two things. Here the
 * first entry stands at byte 0, the list of entries follows on the last one, and the list's end is the file's end, without a
 * comment. Archives of more than 4 GB are of no use to us and fall.
 */
export interface Entry {
  readonly name: string
  readonly method: number
  readonly packed: number
  readonly unpacked: number
  readonly offset: number
}

const END = 22
const MOST_ENTRIES = 20_000
const MOST_LIST = 4_000_000

export const entriesOf = async (bytes: Bytes): Promise<Entry[]> => {
  const end = await bytes.tail(END)
  if (end.length < END || end.readUInt32LE(0) !== 0x06054b50) throw new FileRefused(await isElsewhere(bytes))
  const [count, length, start, comment] = [end.readUInt16LE(10), end.readUInt32LE(12), end.readUInt32LE(16), end.readUInt16LE(20)]
  if (comment !== 0 || start + length + END !== bytes.size) throw new FileRefused('MIXED')
  if (count > MOST_ENTRIES || length > MOST_LIST) throw new FileRefused('DAMAGED')
  const list = await bytes.at(start, length)
  const entries: Entry[] = []
  let from = 0
  while (from + 46 <= list.length && list.readUInt32LE(from) === 0x02014b50) {
    const [named, extra, remark] = [list.readUInt16LE(from + 28), list.readUInt16LE(from + 30), list.readUInt16LE(from + 32)]
    entries.push({
      name: list.subarray(from + 46, from + 46 + named).toString('utf8'),
      method: list.readUInt16LE(from + 10),
      packed: list.readUInt32LE(from + 20),
      unpacked: list.readUInt32LE(from + 24),
      offset: list.readUInt32LE(from + 42),
    })
    from += 46 + named + extra + remark
  }
  if (from !== list.length || entries.length !== count || count === 0) throw new FileRefused('DAMAGED')
  await assertNothingBetween(bytes, entries, start)
  return entries
}

/** The list is not at the end: cut off, or with something behind it. */
const isElsewhere = async (bytes: Bytes): Promise<'MIXED' | 'DAMAGED'> =>
  (await bytes.tail(END + 0xffff)).includes('PK\u0005\u0006') ? 'MIXED' : 'DAMAGED'

/** Every byte before the list belongs to an entry: nothing is before the first, and nothing of note between two. */
const assertNothingBetween = async (bytes: Bytes, entries: readonly Entry[], start: number): Promise<void> => {
  let expected = 0
  for (const { offset, packed } of entries.toSorted((one, other) => one.offset - other.offset)) {
    // A descriptor of at most 24 bytes may follow on what was packed as it came.
    if (offset < expected || offset - expected > 24) throw new FileRefused('MIXED')
    const header = await bytes.at(offset, 30)
    if (header.length < 30 || header.readUInt32LE(0) !== 0x04034b50) throw new FileRefused('DAMAGED')
    expected = offset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28) + packed
  }
  if (start < expected || start - expected > 24) throw new FileRefused('MIXED')
}

/** What an entry holds, at most `most` bytes unpacked. */
export const contentOf = async (bytes: Bytes, entry: Entry, most: number): Promise<Buffer> => {
  if (entry.packed > most || entry.unpacked > most) throw new FileRefused('DAMAGED')
  const header = await bytes.at(entry.offset, 30)
  const packed = await bytes.at(entry.offset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28), entry.packed)
  if (entry.method === 0) return packed
  if (entry.method !== 8) throw new FileRefused('DAMAGED')
  return inflate(packed, { maxOutputLength: most }).catch(() => {
    throw new FileRefused('DAMAGED')
  })
}

const inflate = promisify<Buffer, { maxOutputLength: number }, Buffer>(inflateRaw)
